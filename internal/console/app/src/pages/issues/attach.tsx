import { Button } from 'antd';
import { useState } from 'react';
import type { EvidenceKind } from '@/api/schema';
import { useMe } from '@/api/session';
import { taken } from '@/parts/picture';
import { useWords } from '@/words/language';
import { useGive } from '../evidence/give';
import { GivingNote } from '../evidence/giving';
import { said } from './words';

/** A piece that was sent: its id and what it is called. */
export interface Attached { id: string; name: string }

/** Where a piece belongs. */
export interface Of { competition: string; unitCode: string; item: string; round?: string | undefined }

/** Photos and files sent as evidence of a village, to be tied to an issue. */
export function Attachments({ of, value, onChange }: { of: Of; value: readonly Attached[]; onChange: (next: (before: readonly Attached[]) => Attached[]) => void }) {
  const w = useWords(said);
  const { today } = useMe();
  const give = useGive();
  const [last, setLast] = useState<File[]>([]);
  const send = async (files: File[]) => {
    const left = [...files];
    for (const file of files) {
      const kind: EvidenceKind = file.type.startsWith('image/') || file.type.startsWith('video/') ? 'PHOTO' : 'DOCUMENT';
      const id = await give.give(file, { competition: of.competition, unitCode: of.unitCode, kind, takenOn: today, ...(of.item ? { item: of.item } : {}), ...(of.round ? { round: of.round } : {}) });
      if (!id) break;
      left.shift();
      onChange((before) => [...before, { id, name: file.name }]);
    }
    setLast(left);
  };
  const busy = give.giving.stage !== '';
  return (
    <div className="field wide">
      <span>{w.files}</span>
      {value.length > 0 && <ul className="attached">{value.map((a) => <li key={a.id}>{a.name} <button type="button" className="plain-button" aria-label={`${w.takeOut} ${a.name}`} onClick={() => onChange((before) => before.filter((b) => b.id !== a.id))}>✕</button></li>)}</ul>}
      <input type="file" multiple accept={`image/*,${taken}`} aria-label={w.add} disabled={busy || !of.competition || !of.unitCode}
        onChange={(e) => { const files = [...e.target.files ?? []]; e.target.value = ''; if (files.length > 0) void send(files); }} />
      <GivingNote give={give} />
      {last.length > 0 && !busy && <Button size="small" onClick={() => void send(last)}>{w.add}：{last.map((f) => f.name).join('、')}</Button>}
    </div>
  );
}

import { Alert, Modal, Button } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import type { EvidenceKind, KnowledgeAnswer } from '@/api/schema';
import { useMe } from '@/api/session';
import { useDraft } from '@/parts/draft';
import { Choice, Field } from '@/parts/fields';
import { taken } from '@/parts/picture';
import { useWords } from '@/words/language';
import { useGive } from './give';
import { GivingNote } from './giving';
import { EvidenceRoundDocument, type EvidenceHomeQuery } from './operations';
import { said } from './words';

/** What a form begins with: what was asked for, or nothing. */
export interface Start { round?: string; unitCode?: string; item?: string; check?: string; kind?: EvidenceKind }

interface Typed { competition: string; round: string; unitCode: string; item: string; check: string; kind: EvidenceKind; takenOn: string; note: string; askedRole: string; answer: '' | KnowledgeAnswer }

/** Enters a piece of evidence; what was typed stays until it is in. */
export function AddPiece({ start, close, home, villages, again }: { start: Start; close: () => void; home: EvidenceHomeQuery; villages: readonly { code?: string | null; shownName: string }[]; again: () => void }) {
  const w = useWords(said);
  const { today } = useMe();
  const give = useGive();
  const [file, setFile] = useState<File | null>(null);
  const [done, setDone] = useState(false);
  const [turn, setTurn] = useState(0);
  const draft = useDraft<Typed>(`evidence.${start.unitCode ?? ''}.${start.round ?? ''}.${start.item ?? ''}.${start.check ?? ''}`, {
    competition: home.rounds.nodes.find((r) => r.id === start.round)?.competition.id ?? home.competitions.nodes[0]?.id ?? '',
    round: start.round ?? '', unitCode: start.unitCode ?? (villages.length === 1 ? villages[0]?.code ?? '' : ''), item: start.item ?? '', check: start.check ?? '', kind: start.kind ?? 'PHOTO', takenOn: today, note: '', askedRole: '', answer: '',
  });
  const v = draft.value;
  const put = (part: Partial<Typed>) => { setDone(false); draft.set((d) => ({ ...d, ...part })); };
  const [{ data }] = useQuery({ query: EvidenceRoundDocument, variables: { round: v.round }, pause: !v.round });
  const items = data?.round?.rubric ?? [];
  const checks = items.find((i) => i.key === v.item)?.rule.checks ?? [];
  const interview = v.kind === 'INTERVIEW';
  const send = async () => {
    const id = await give.give(file, {
      competition: v.competition, unitCode: v.unitCode, kind: v.kind, takenOn: v.takenOn, ...(v.round ? { round: v.round } : {}), ...(v.item ? { item: v.item } : {}), ...(v.check ? { check: v.check } : {}),
      ...(v.note.trim() ? { note: v.note } : {}), ...(interview && v.askedRole.trim() ? { askedRole: v.askedRole } : {}), ...(interview && v.answer ? { answer: v.answer } : {}),
    });
    if (!id) return;
    draft.set((d) => ({ ...d, note: '' }));
    setFile(null);
    setTurn(turn + 1);
    setDone(true);
    again();
  };
  const busy = give.giving.stage !== '';
  const rounds = home.rounds.nodes.filter((r) => r.competition.id === v.competition && r.state !== 'CANCELLED');
  return (
    <Modal open title={w.addTitle} onCancel={close} footer={null} mask={{ closable: false }}>
      <form className="fields" onSubmit={(e) => { e.preventDefault(); void send(); }}>
        {home.competitions.nodes.length > 1 && <Choice label={w.competition} value={v.competition} options={home.competitions.nodes.map((c) => ({ value: c.id, label: c.name }))} onChange={(competition) => put({ competition, round: '', item: '', check: '' })} />}
        <Choice label={w.round} value={v.round} empty={w.noneOf} options={rounds.map((r) => ({ value: r.id, label: r.period }))} onChange={(round) => put({ round, item: '', check: '' })} />
        <Choice label={w.village} value={v.unitCode} empty={w.choose} required options={villages.map((u) => ({ value: u.code ?? '', label: u.shownName }))} onChange={(unitCode) => put({ unitCode })} />
        {items.length > 0 && <Choice label={w.item} value={v.item} empty={w.whole} options={items.map((i) => ({ value: i.key, label: i.name }))} onChange={(item) => put({ item, check: '' })} />}
        {checks.length > 0 && <Choice label={w.check} value={v.check} empty={w.wholeItem} options={checks.map((c) => ({ value: c.key, label: c.name }))} onChange={(check) => put({ check })} />}
        <Choice label={w.kind} value={v.kind} options={(Object.keys(w.kinds) as EvidenceKind[]).map((k) => ({ value: k, label: w.kinds[k] }))} onChange={(k) => put({ kind: k as EvidenceKind })} />
        <Field label={w.takenOn}><input type="date" className="plain-input" required max={today} value={v.takenOn} onChange={(e) => put({ takenOn: e.target.value })} /></Field>
        {interview && <Field label={w.askedRole} hint={w.askedHint}><input className="plain-input" value={v.askedRole} onChange={(e) => put({ askedRole: e.target.value })} /></Field>}
        {interview && <Choice label={w.answer} value={v.answer} empty={w.choose} options={(Object.keys(w.answers) as KnowledgeAnswer[]).map((k) => ({ value: k, label: w.answers[k] }))} onChange={(a) => put({ answer: a as Typed['answer'] })} />}
        <Field label={w.photo} hint={w.fileHint} wide><input key={turn} type="file" accept={`image/*,${taken}`} onChange={(e) => { setDone(false); setFile(e.target.files?.[0] ?? null); }} /></Field>
        <Field label={w.note} wide><textarea className="plain-input" rows={2} value={v.note} onChange={(e) => put({ note: e.target.value })} /></Field>
        <div className="field wide"><GivingNote give={give} />{done && <Alert role="status" type="success" showIcon title={w.done} />}<div><Button type="primary" htmlType="submit" loading={busy || give.act.running} disabled={!v.unitCode || !v.competition}>{w.send}</Button></div></div>
      </form>
    </Modal>
  );
}

import { Alert, Button, Flex } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { ActNotes } from '@/parts/fields';
import { Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { InboxKindsDocument, MuteInboxDocument } from './operations';
import { said } from './words';

/** Of which kinds somebody wants to be told; read when it is opened. */
export function Settings() {
  const w = useWords(said);
  const [open, setOpen] = useState(false);
  const [{ data, error }, reexecute] = useQuery({ query: InboxKindsDocument, pause: !open });
  const act = useAct(MuteInboxDocument, (d) => d.inboxMute);
  const [typed, setTyped] = useState<ReadonlySet<string> | null>(null);
  const [saved, setSaved] = useState(false);
  const again = () => reexecute({ requestPolicy: 'network-only' });
  const muted = typed ?? new Set((data?.inboxSettings ?? []).filter((k) => k.muted).map((k) => k.kind));
  const toggle = (kind: string) => {
    const next = new Set(muted);
    if (!next.delete(kind)) next.add(kind);
    setSaved(false); setTyped(next);
  };
  const save = async () => {
    if (!await act.run({ input: { muted: [...muted] } })) return;
    setTyped(null); setSaved(true); again();
  };
  return (
    <details className="card no-print" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary><strong>{w.settings}</strong></summary>
      <p>{w.settingsAbout}</p>
      {open && <Read data={data} error={error} again={again}>{(d) => (
        <Flex vertical gap="small" align="start">
          {d.inboxSettings.map((k) => <label key={k.kind} className="check"><input type="checkbox" checked={!muted.has(k.kind)} onChange={() => toggle(k.kind)} />{k.text}</label>)}
          <ActNotes act={act} />
          {saved && <Alert role="status" type="success" showIcon title={w.saved} />}
          <Button type="primary" loading={act.running} onClick={() => void save()}>{w.save}</Button>
        </Flex>
      )}</Read>}
    </details>
  );
}

import { useState } from 'react';
import { useAct } from '@/api/act';
import type { EvidenceKind } from '@/api/schema';
import { useMe } from '@/api/session';
import { Asking } from '@/parts/asking';
import { Choice, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { EvidenceRequestedDocument, type EvidenceHomeQuery } from './operations';
import { said } from './words';

/** Asks villages for a piece; those that gave it are not asked again. */
export function AskVillages({ open, close, home, asked }: { open: boolean; close: () => void; home: EvidenceHomeQuery; asked: (text: string) => void }) {
  const w = useWords(said);
  const { today } = useMe();
  const act = useAct(EvidenceRequestedDocument, (d) => d.evidenceAsk);
  const all = home.units.nodes.flatMap((u) => u.code ? [{ code: u.code, name: u.shownName }] : []);
  const [v, setV] = useState({ competition: home.competitions.nodes[0]?.id ?? '', kind: 'PHOTO' as EvidenceKind, note: '', due: '', within: '365', codes: [] as string[] });
  const put = (part: Partial<typeof v>) => setV((b) => ({ ...b, ...part }));
  const submit = async () => {
    const done = await act.run({ input: { competition: v.competition, unitCodes: v.codes, kind: v.kind, note: v.note, due: v.due, ...(v.within ? { within: Number(v.within) } : {}) } });
    if (!done) return false;
    const requests = done.requests ?? [];
    asked(w.sent(requests.length, requests.filter((r) => r.already).length));
    put({ note: '', codes: [] });
    return true;
  };
  return (
    <Asking title={w.askTitle} open={open} close={close} act={act} submit={submit} button={w.ask} ready={v.codes.length > 0 && v.due !== '' && v.competition !== ''}>
      <p className="field wide faint">{w.askHint}</p>
      {home.competitions.nodes.length > 1 && <Choice label={w.competition} value={v.competition} options={home.competitions.nodes.map((c) => ({ value: c.id, label: c.name }))} onChange={(competition) => put({ competition })} />}
      <Choice label={w.kind} value={v.kind} options={(Object.keys(w.kinds) as EvidenceKind[]).map((k) => ({ value: k, label: w.kinds[k] }))} onChange={(k) => put({ kind: k as EvidenceKind })} />
      <Field label={w.dueOn}><input type="date" className="plain-input" min={today} required value={v.due} onChange={(e) => put({ due: e.target.value })} /></Field>
      <Field label={w.within}><input className="plain-input" inputMode="numeric" pattern="[0-9]*" value={v.within} onChange={(e) => put({ within: e.target.value })} /></Field>
      <Field label={w.what} wide><input className="plain-input" maxLength={200} value={v.note} onChange={(e) => put({ note: e.target.value })} /></Field>
      <fieldset className="field wide evidence-villages">
        <legend>{w.villages}</legend>
        <label className="check"><input type="checkbox" checked={v.codes.length === all.length && all.length > 0} onChange={(e) => put({ codes: e.target.checked ? all.map((u) => u.code) : [] })} />{w.all}</label>
        {all.map((u) => <label key={u.code} className="check"><input type="checkbox" checked={v.codes.includes(u.code)} onChange={(e) => put({ codes: e.target.checked ? [...v.codes, u.code] : v.codes.filter((c) => c !== u.code) })} />{u.name}</label>)}
      </fieldset>
    </Asking>
  );
}

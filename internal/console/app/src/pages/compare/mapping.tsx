import { Input } from 'antd';
import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useMe } from '@/api/session';
import { Asking } from '@/parts/asking';
import { Choice, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { monthBefore } from './figures';
import { CrosswalkItemsDocument, CrosswalkPutDocument, type CompareRulesQuery, type CrosswalkPutMutation } from './operations';
import { said } from './rules.words';

const payload = (d: CrosswalkPutMutation) => d.crosswalkMap;

/** Puts something that a township judges onto a dimension of the dictionary. */
export function MapItem({ d, of, open, close, done }: { d: CompareRulesQuery; of: string; open: boolean; close: () => void; done: () => void }) {
  const w = useWords(said);
  const { today } = useMe();
  const act = useAct(CrosswalkPutDocument, payload);
  const townships = useMemo(() => d.tenants.filter((t) => t.kind === 'TOWNSHIP'), [d]);
  const [township, setTownship] = useState(of);
  const [template, setTemplate] = useState('');
  const [kind, setKind] = useState('item');
  const [key, setKey] = useState('');
  const [dimension, setDimension] = useState('');
  const [from, setFrom] = useState(`${today.slice(0, 4)}-01`);
  const [reason, setReason] = useState('');
  const unitCode = townships.find((t) => t.id === township)?.unit.code ?? '';
  const [{ data }] = useQuery({ query: CrosswalkItemsDocument, pause: !open || unitCode === '', variables: { unitCode, from: monthBefore(today.slice(0, 7), 11), to: today.slice(0, 7) } });
  // The items of a township, each once, as it published them.
  const items = useMemo(() => [...new Map((data?.facts.nodes ?? []).filter((f) => f.key).map((f) => [f.key ?? '', f])).values()], [data]);
  const names = useMemo(() => new Map(d.dimensions.map((x) => [x.key, x.name])), [d]);
  const submit = async () => {
    const answer = await act.run({ input: { township, template: template.trim(), source: `${kind}:${key.trim()}`, dimension, from, reason } });
    if (answer) { setKey(''); setReason(''); done(); }
    return answer !== null;
  };
  return (
    <Asking title={w.map} open={open} close={close} act={act} submit={submit} button={w.map}>
      <Choice label={w.township} value={township} onChange={setTownship} required empty="" options={townships.map((t) => ({ value: t.id, label: t.name }))} />
      <Choice label={w.kind} value={kind} onChange={setKind} options={Object.entries(w.kinds).map(([value, label]) => ({ value, label }))} />
      {kind === 'item' && items.length > 0
        ? <Choice label={w.key} hint={w.itemHint} value={key} onChange={setKey} required empty="" options={items.map((f) => ({ value: f.key ?? '', label: `${f.keyName}（${f.dimension ? names.get(f.dimension) ?? f.dimension : w.unnamed}）` }))} />
        : <Field label={w.key} hint={w.keyHint}><input className="plain-input" required value={key} onChange={(e) => setKey(e.target.value)} /></Field>}
      <Choice label={w.dimension} value={dimension} onChange={setDimension} empty={w.noDimension} options={d.dimensions.map((x) => ({ value: x.key, label: x.name }))} />
      <Field label={w.template} hint={w.templateHint}><Input value={template} onChange={(e) => setTemplate(e.target.value)} /></Field>
      <Field label={w.since}><input className="plain-input" type="month" required pattern="\d{4}-\d{2}" value={from} onChange={(e) => setFrom(e.target.value)} /></Field>
      <Field label={w.reason} wide><Input.TextArea required rows={2} value={reason} onChange={(e) => setReason(e.target.value)} /></Field>
    </Asking>
  );
}

import { Input } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { useMe } from '@/api/session';
import { Asking } from '@/parts/asking';
import { Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { CompareRuleSetDocument, type CompareRuleSetMutation, type CompareRulesQuery } from './operations';
import { said } from './rules.words';

const payload = (d: CompareRuleSetMutation) => d.comparisonRuleSet;

/** Says by what is compared from a year on; begins with the last rule. */
export function SetRule({ dimensions, last, open, close, done }: {
  dimensions: CompareRulesQuery['dimensions']; last: CompareRulesQuery['comparisonRules'][number] | undefined; open: boolean; close: () => void; done: () => void;
}) {
  const w = useWords(said);
  const today = useMe().today;
  const act = useAct(CompareRuleSetDocument, payload);
  const [year, setYear] = useState(today.slice(0, 4));
  const [least, setLeast] = useState(last?.minCoverage ?? '0.6');
  const [within, setWithin] = useState(String(last?.withinDays ?? 10));
  const [reason, setReason] = useState('');
  const [weights, setWeights] = useState<Record<string, string>>(Object.fromEntries((last?.weights ?? []).map((x) => [x.dimension, x.weight])));
  const submit = async () => {
    const chosen = dimensions.filter((d) => (weights[d.key] ?? '').trim() !== '').map((d) => ({ dimension: d.key, weight: (weights[d.key] ?? '').trim() }));
    const answer = await act.run({ input: { year: Number(year), minCoverage: least.trim(), withinDays: Number(within), reason, weights: chosen } });
    if (answer) { setReason(''); done(); }
    return answer !== null;
  };
  return (
    <Asking title={w.set} open={open} close={close} act={act} submit={submit} button={w.set}>
      <Field label={w.year} hint={w.yearHint}><Input inputMode="numeric" required value={year} onChange={(e) => setYear(e.target.value)} /></Field>
      <Field label={w.least} hint={w.leastHint}><Input inputMode="decimal" required value={least} onChange={(e) => setLeast(e.target.value)} /></Field>
      <Field label={w.within} hint={w.withinHint}><Input inputMode="numeric" required value={within} onChange={(e) => setWithin(e.target.value)} /></Field>
      <fieldset className="field wide plain-set">
        <legend>{w.weights} <small className="faint">{w.weightHint}</small></legend>
        <div className="weights">{dimensions.map((d) => (
          <Field key={d.key} label={d.name}><Input inputMode="decimal" aria-label={w.weightOf(d.name)} value={weights[d.key] ?? ''} onChange={(e) => setWeights({ ...weights, [d.key]: e.target.value })} /></Field>
        ))}</div>
      </fieldset>
      <Field label={w.reason} wide><Input.TextArea required rows={2} value={reason} onChange={(e) => setReason(e.target.value)} /></Field>
    </Asking>
  );
}

import { Alert, Button, Input } from 'antd';
import { useState, type ClipboardEvent } from 'react';
import { useAct } from '@/api/act';
import { useDraft } from '@/parts/draft';
import { ActNotes, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { pasted, plain } from './cells';
import type { Figures, FigureNow, Need } from './figures';
import { said } from './figures.words';
import { once } from './once';
import { EnterMetricsDocument, EnterPartValuesDocument } from './operations';

interface Typed { values: Partial<Record<string, string>>; basis: string; correction: string }

/** Digits with at most one point: what a figure may look like; whether it fits is the service's to say. */
export const isNumber = (text: string) => /^-?\d+(\.\d+)?$/.test(text);

/** One value for each subject of a metric or of a part that people decide on. */
export function FigureEntry({ full, need, again }: { full: Figures; need: Need; again: () => void }) {
  const w = useWords(said);
  const metric = need.kind === 'METRIC';
  const draft = useDraft<Typed>(`figures.${full.id}.${need.kind}.${need.key}`, { values: {}, basis: '', correction: '' });
  const metrics = useAct(EnterMetricsDocument, (d) => d.metricsEnter);
  const parts = useAct(EnterPartValuesDocument, (d) => d.partValuesEnter);
  const act = metric ? metrics : parts;
  const [correcting, setCorrecting] = useState<ReadonlySet<string>>(new Set());
  const [saved, setSaved] = useState(0);
  const { values, basis, correction } = draft.value;
  const put = (more: Partial<Typed>) => { setSaved(0); draft.set((d) => ({ ...d, ...more })); };
  const rows = full.roster.filter((e) => need.subjects.includes(e.subject) && !e.absent);
  const standing = new Map(full.figures.filter((f) => f.kind === need.kind && f.key === need.key && f.state !== 'SUPERSEDED').map((f) => [f.subject, f]));
  const typed = rows.flatMap((e) => { const text = plain(values[e.subject] ?? ''); return text === '' ? [] : [{ subject: e.subject, text }]; });
  const ready = typed.filter((t) => isNumber(t.text));
  const bad = new Set(typed.filter((t) => !isNumber(t.text)).map((t) => t.subject));
  const changes = ready.some((t) => standing.has(t.subject));
  const lay = (from: number) => (e: ClipboardEvent<HTMLInputElement>) => {
    const text = e.clipboardData.getData('text/plain');
    if (!/[\t\n]/.test(text)) return;
    e.preventDefault();
    const next = { ...values };
    pasted(text).forEach((cells, i) => {
      const row = rows[from + i];
      if (row && (!standing.has(row.subject) || correcting.has(row.subject))) next[row.subject] = cells[0] ?? '';
    });
    put({ values: next });
  };
  const send = async () => {
    const why = changes && correction.trim() !== '' ? { reason: correction } : {};
    const done = metric
      ? await metrics.run({ input: { round: full.id, figures: ready.map((t) => ({ subject: t.subject, key: need.key, value: t.text, source: basis, ...(standing.has(t.subject) ? why : {}) })) } })
      : await parts.run({ input: { round: full.id, values: ready.map((t) => ({ subject: t.subject, part: need.key, value: t.text, reason: standing.has(t.subject) && correction.trim() !== '' ? correction : basis })) } });
    if (!done) return;
    const kept = Object.fromEntries(Object.entries(values).filter(([subject]) => bad.has(subject)));
    draft.set((d) => ({ ...d, values: kept, correction: '' }));
    setCorrecting(new Set());
    setSaved(ready.length);
    again();
  };
  return (
    <form onSubmit={(e) => { e.preventDefault(); void send(); }}>
      <p className="faint">{w.paste}</p>
      <div className="scroll">
        <table className="table grid-table">
          <thead><tr><th scope="col">{w.village}</th><th scope="col">{w.value}</th></tr></thead>
          <tbody>{rows.map((e, i) => {
            const now = standing.get(e.subject);
            return (
              <tr key={e.subject}>
                <th scope="row">{e.name}</th>
                <td>{now && !correcting.has(e.subject) ? <Standing figure={now} who={e.name} correct={() => setCorrecting(new Set([...correcting, e.subject]))} /> : (
                  <>
                    <input className={bad.has(e.subject) ? 'grid-cell wrong' : 'grid-cell'} aria-label={w.cell(e.name, need.names.join('、') || need.key)} aria-invalid={bad.has(e.subject)} autoComplete="off" inputMode="decimal"
                      value={values[e.subject] ?? ''} onPaste={lay(i)} onChange={(x) => put({ values: { ...values, [e.subject]: x.target.value } })} />
                    {bad.has(e.subject) && <small className="cell-note wrong">{w.bad}</small>}
                  </>
                )}</td>
              </tr>
            );
          })}</tbody>
        </table>
      </div>
      <div className="fields">
        <Field label={metric ? w.source : w.reason} hint={metric ? w.sourceHint : undefined}><Input maxLength={2000} required={ready.length > 0} value={basis} onChange={(e) => put({ basis: e.target.value })} /></Field>
        {correcting.size > 0 && <Field label={w.correction} hint={w.correctionHint}><Input maxLength={2000} required={changes} value={correction} onChange={(e) => put({ correction: e.target.value })} /></Field>}
        <div className="field wide">
          {saved > 0 && <Alert role="status" type="success" showIcon title={w.saved(saved)} />}
          {bad.size > 0 && <p role="status">{w.badCount(bad.size)}</p>}
          <ActNotes act={{ problem: act.problem, errors: once(act.errors, w.several) }} />
          <div><Button type="primary" htmlType="submit" disabled={ready.length === 0} loading={act.running}>{ready.length === 0 ? w.nothing : w.save(ready.length)}</Button></div>
        </div>
      </div>
    </form>
  );
}

function Standing({ figure, who, correct }: { figure: FigureNow; who: string; correct: () => void }) {
  const w = useWords(said);
  return <>{figure.value} <small className="faint">{w.states[figure.state]}</small> <Button type="link" size="small" aria-label={w.correctOf(who)} onClick={correct}>{w.correct}</Button></>;
}

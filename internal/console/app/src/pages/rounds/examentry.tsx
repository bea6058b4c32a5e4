import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { ActNotes, Choice, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { plain } from './cells';
import type { Figures, Need } from './figures';
import { said } from './figures.words';
import { EnterExamResultsDocument } from './operations';
import { nearest, shownAs, useEverybody } from './people';

/** Results of a test, one sitter after the other: a score, or that the sitter was absent. */
export function ExamEntry({ full, need, again }: { full: Figures; need: Need; again: () => void }) {
  const w = useWords(said);
  const act = useAct(EnterExamResultsDocument, (d) => d.examResultsEnter);
  const { people, failed } = useEverybody(false);
  const [v, setV] = useState({ subject: '', sitter: '', score: '', absent: false, reason: '' });
  const [saved, setSaved] = useState(false);
  const put = (more: Partial<typeof v>) => { setSaved(false); setV((b) => ({ ...b, ...more })); };
  const rows = full.roster.filter((e) => need.subjects.includes(e.subject) && !e.absent);
  const row = rows.find((e) => e.subject === v.subject);
  const near = row && people ? nearest(people, row.unit.id, full.held) : [];
  const sitter = people?.find((p) => p.id === v.sitter);
  const stands = full.figures.some((f) => f.kind === 'EXAM' && f.key === need.key && f.subject === v.subject && f.sitter === sitter?.pseudonym && f.state !== 'SUPERSEDED');
  const send = async () => {
    const result = { subject: v.subject, item: need.key, sitter: v.sitter, ...(v.absent ? { absent: true } : { score: plain(v.score) }), ...(stands ? { reason: v.reason } : {}) };
    if (!await act.run({ input: { round: full.id, results: [result] } })) return;
    setV({ subject: v.subject, sitter: '', score: '', absent: false, reason: '' });
    setSaved(true);
    again();
  };
  if (!people) return <p role="status">{failed ? w.failed : w.reading}</p>;
  return (
    <form className="fields" onSubmit={(e) => { e.preventDefault(); void send(); }}>
      <Choice label={w.village} required value={v.subject} empty="—" onChange={(subject) => put({ subject, sitter: '' })} options={rows.map((e) => ({ value: e.subject, label: e.name }))} />
      <Choice label={w.sitter} required value={v.sitter} empty={w.chooseSitter} onChange={(id) => put({ sitter: id })} options={near.map((p) => ({ value: p.id, label: shownAs(p, full.held) }))} />
      <Field label={w.score}><Input inputMode="decimal" required={!v.absent} disabled={v.absent} value={v.score} onChange={(e) => put({ score: e.target.value })} /></Field>
      <div className="field"><label className="check"><input type="checkbox" checked={v.absent} onChange={(e) => put({ absent: e.target.checked })} />{w.absent}</label></div>
      {stands && <Field label={w.correction} wide><Input required maxLength={2000} value={v.reason} onChange={(e) => put({ reason: e.target.value })} /></Field>}
      <div className="field wide">
        {saved && <Alert role="status" type="success" showIcon title={w.saved(1)} />}
        <ActNotes act={act} />
        <div><Button type="primary" htmlType="submit" loading={act.running}>{w.add}</Button></div>
      </div>
    </form>
  );
}

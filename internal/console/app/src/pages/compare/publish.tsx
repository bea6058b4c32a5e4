import { Alert, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAct } from '@/api/act';
import { useMe } from '@/api/session';
import type { ComparisonAudience } from '@/api/schema';
import { Asking } from '@/parts/asking';
import { Choice, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { ComparisonPublishDocument, type ComparisonPublishMutation } from './operations';
import type { Span } from './span';
import { said } from './words';

const payload = (d: ComparisonPublishMutation) => d.comparisonPublish;

/** Freezes the comparison of these months for those it is for. */
export function PublishComparison({ span, open, close }: { span: Span; open: boolean; close: () => void }) {
  const w = useWords(said);
  const county = useMe().tenant.kind === 'COUNTY';
  const act = useAct(ComparisonPublishDocument, payload);
  const [audience, setAudience] = useState<ComparisonAudience>(county ? 'COUNTY' : 'PREFECTURE');
  const [comment, setComment] = useState('');
  const [done, setDone] = useState<string | null>(null);
  const submit = async () => {
    const answer = await act.run({ input: { from: span.from, to: span.to, audience, comment } });
    if (answer?.publication) { setDone(answer.publication.id); setComment(''); }
    return answer !== null;
  };
  return (
    <>
      {done && <Alert type="success" showIcon closable title={w.publishedDone} action={<Link to={`/compare/published/${encodeURIComponent(done)}`}>{w.lookAt}</Link>} />}
      <Asking title={w.publish} open={open} close={close} act={act} submit={submit} button={w.publish}>
        <p className="field wide">{span.from} – {span.to}。{w.publishAbout}</p>
        <Choice label={w.audienceLabel} value={audience} onChange={(v) => setAudience(v as ComparisonAudience)} options={(['COUNTY', 'PREFECTURE'] as const).map((a) => ({ value: a, label: w.audience[a] }))} />
        <Field label={w.comment} wide><Input.TextArea rows={3} value={comment} onChange={(e) => setComment(e.target.value)} /></Field>
      </Asking>
    </>
  );
}

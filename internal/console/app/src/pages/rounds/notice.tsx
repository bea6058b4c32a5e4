import { Button, Flex, Input } from 'antd';
import { useAct } from '@/api/act';
import { useDraft } from '@/parts/draft';
import { Field } from '@/parts/fields';
import { ProblemNote } from '@/parts/problem';
import { useWords } from '@/words/language';
import { Link } from 'react-router';
import { NotifyRoundDocument } from './operations';
import { said } from './overview.words';
import type { PartProps } from './round';
import { Refused } from './stepbutton';

/** The written notice: number, venue, what to bring. */
export function NoticeForm({ round, again, repeated }: PartProps & { repeated?: boolean }) {
  const w = useWords(said);
  const draft = useDraft(`notice.${round.id}`, { number: round.notice?.number ?? '', venue: round.notice?.venue ?? round.venue, text: round.notice?.text ?? '', held: '' });
  const act = useAct(NotifyRoundDocument, (d) => d.roundNotify);
  const { value, set } = draft;
  const put = (more: Partial<typeof value>) => set((v) => ({ ...v, ...more }));
  const send = async () => {
    const input = { round: round.id, revision: round.revision, number: value.number, venue: value.venue, text: value.text, ...(value.held ? { held: value.held } : {}) };
    if (await act.run({ input })) { draft.clear(); again(); }
  };
  return (
    <form className="fields" onSubmit={(e) => { e.preventDefault(); void send(); }}>
      <p className="field wide">{w.notifyAbout}</p>
      <Field label={w.number} hint={w.numberHint}><Input required maxLength={200} value={value.number} onChange={(e) => put({ number: e.target.value })} /></Field>
      <Field label={w.venue} hint={w.venueHint}><Input required maxLength={200} value={value.venue} onChange={(e) => put({ venue: e.target.value })} /></Field>
      <Field label={w.held} hint={w.heldHint(round.held)}><Input type="date" value={value.held} onChange={(e) => put({ held: e.target.value })} /></Field>
      <Field wide label={w.text}><Input.TextArea rows={3} maxLength={20000} value={value.text} onChange={(e) => put({ text: e.target.value })} /></Field>
      <div className="field wide">
        <Refused errors={act.errors} look={again} />
        <ProblemNote problem={act.problem} />
        <Flex gap="small" wrap>
          <Button type="primary" htmlType="submit" loading={act.running}>{repeated ? w.notifyAgain : w.notify}</Button>
          {repeated && <Link to={`/rounds/${round.id}`}><Button>{w.cancelAgain}</Button></Link>}
        </Flex>
      </div>
    </form>
  );
}

import { Button, Flex, Input, Typography } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { Asking } from '@/parts/asking';
import { ActNotes, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { ApproveGradeConfirmDocument, ApproveGradeDecideDocument, type ApproveGradeConfirmMutation, type ApproveGradeDecideMutation, type ApprovePreviewQuery, type DecidedGradeFragment } from './operations';
import { said } from './words';

type Grade = ApprovePreviewQuery['roundPreview']['grades'][number];
const decided = (d: ApproveGradeDecideMutation) => d.gradeDecide;
const confirmed = (d: ApproveGradeConfirmMutation) => d.gradeApprove;

interface Seat { scale: string; grade: string; code: string; name: string }

/** Ties for a seat that people decide with a reason, and a second person approves. */
export function Grades({ round, grades, rows, again }: {
  round: { id: string; gradeDecisions: DecidedGradeFragment[] }; grades: Grade[]; rows: readonly { unitCode: string; name: string }[]; again: () => void;
}) {
  const w = useWords(said);
  const { may } = useSession();
  const [seat, setSeat] = useState<Seat | null>(null);
  const [reason, setReason] = useState('');
  const act = useAct(ApproveGradeDecideDocument, decided);
  const nameOf = (code: string, lines: Grade['lines']) => lines.find((l) => l.code === code)?.name ?? rows.find((r) => r.unitCode === code)?.name ?? code;
  const submit = async () => {
    if (!seat) return false;
    const answer = await act.run({ input: { round: round.id, unitCode: seat.code, scale: seat.scale, grade: seat.grade, reason } });
    if (answer) { setReason(''); again(); }
    return answer !== null;
  };
  const waiting = round.gradeDecisions.filter((g) => !g.approved);
  if (grades.length === 0 && waiting.length === 0) return null;
  return (
    <section>
      <Typography.Title level={2}>{w.ties}</Typography.Title>
      {grades.every((g) => g.seats.every((s) => s.tied.length === 0)) && <p>{w.noTies}</p>}
      {grades.map((g) => g.seats.map((s) => (
        <div key={`${g.scale} ${s.grade}`} className="card">
          <p><strong>{g.scale} · {s.grade}</strong> {w.seatsOf(s.taken, s.of, s.open)}</p>
          {s.tied.length > 0 && <Flex wrap gap="small" align="center">{w.tied}：{s.tied.map((code) => may('grade:decide')
            ? <Button key={code} onClick={() => setSeat({ scale: g.scale, grade: s.grade, code, name: nameOf(code, g.lines) })}>{w.choose(nameOf(code, g.lines), s.grade)}</Button>
            : <span key={code}>{nameOf(code, g.lines)}</span>)}</Flex>}
          {g.refused.length > 0 && <ul className="plain">{g.refused.map((x) => <li key={x.code + x.grade}>{w.refused}：{nameOf(x.code, g.lines)} {x.grade}（{x.reason}）</li>)}</ul>}
        </div>
      )))}
      {waiting.length > 0 && <><h3>{w.decided}</h3><ul className="plain">{waiting.map((g) => <Waiting key={g.id} round={round.id} decision={g} again={again} />)}</ul></>}
      <Asking title={seat ? w.choose(seat.name, seat.grade) : ''} open={seat !== null} close={() => setSeat(null)} act={act} submit={submit}>
        <Field label={w.decisionReason} wide><Input.TextArea required rows={3} value={reason} onChange={(e) => setReason(e.target.value)} /></Field>
      </Asking>
    </section>
  );
}

function Waiting({ round, decision, again }: { round: string; decision: DecidedGradeFragment; again: () => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const act = useAct(ApproveGradeConfirmDocument, confirmed);
  const run = async () => { if (await act.run({ input: { round, decision: decision.id } })) again(); };
  return (
    <li>
      {decision.unit.shownName}：{decision.grade}（{decision.reason}）{' '}
      {may('grade:decide') && <Button size="small" loading={act.running} aria-label={w.approveOf(decision.unit.shownName, decision.grade)} onClick={() => void run()}>{w.approve}</Button>}
      <ActNotes act={act} />
    </li>
  );
}

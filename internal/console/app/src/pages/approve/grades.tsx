import { Button, Flex, Input, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { Asking } from '@/parts/asking';
import { ActNotes, Choice, Field } from '@/parts/fields';
import type { Names } from '@/parts/names';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { ApproveGradeConfirmDocument, ApproveGradeDecideDocument, type ApproveGradeConfirmMutation, type ApproveGradeDecideMutation, type ApprovePreviewQuery, type ApproveRoundQuery, type DecidedGradeFragment } from './operations';
import { said } from './words';

type Round = NonNullable<ApproveRoundQuery['round']>;
type Grade = ApprovePreviewQuery['roundPreview']['grades'][number];
const decided = (d: ApproveGradeDecideMutation) => d.gradeDecide;
const confirmed = (d: ApproveGradeConfirmMutation) => d.gradeApprove;

/** What is to be decided: any part may be chosen in the dialog. */
interface Seat { scale: string; grade: string; code: string }

/** Ties for a seat, and grades beyond a ceiling or entered, that people decide with a reason. */
export function Grades({ round, grades, names, again }: { round: Round; grades: Grade[]; names: Names; again: () => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const [seat, setSeat] = useState<Seat | null>(null);
  const decides = may('grade:decide') && (round.state === 'CLOSED' || round.state === 'COMPUTED');
  if (names.scales.length === 0) return null;
  const nameOf = (code: string) => round.roster.find((e) => e.code === code)?.name ?? code;
  return (
    <section id="grades">
      <Typography.Title level={2}>{w.ties}</Typography.Title>
      {grades.length > 0 && grades.every((g) => g.seats.every((s) => s.tied.length === 0)) && <p>{w.noTies}</p>}
      {grades.map((g) => g.seats.map((s) => (
        <div key={`${g.scale} ${s.grade}`} className="card">
          <h3 className="card-title">{names.scale(g.scale)}：{names.grade(g.scale, s.grade)}</h3>
          <p>{w.seatsOf(s.of, s.seats, s.taken, s.open)}</p>
          {s.tied.length > 0 && <Flex wrap gap="small" align="center">{w.tied}：{s.tied.map((code) => decides
            ? <Button key={code} onClick={() => setSeat({ scale: g.scale, grade: s.grade, code })}>{w.choose(nameOf(code), names.grade(g.scale, s.grade))}</Button>
            : <span key={code}>{nameOf(code)}</span>)}</Flex>}
        </div>
      )))}
      {grades.map((g) => g.refused.map((x) => <p key={g.scale + x.code + x.grade}>{w.refused}：{nameOf(x.code)} {names.grade(g.scale, x.grade)}（{x.sentence}）</p>))}
      {round.gradeDecisions.length > 0 && <><h3>{w.decided}</h3><ul className="plain">{round.gradeDecisions.map((g) => <Decided key={g.id} round={round} decision={g} names={names} decides={decides} again={again} />)}</ul></>}
      {decides && <p className="no-print"><Button onClick={() => setSeat({ scale: '', grade: '', code: '' })}>{w.decideOther}</Button></p>}
      {round.state === 'COMPUTED' && round.gradeDecisions.length > 0 && <p className="faint">{w.computeAgain}</p>}
      {seat && <Deciding key={Object.values(seat).join()} round={round} seat={seat} names={names} close={() => setSeat(null)} again={again} />}
    </section>
  );
}

function Deciding({ round, seat, names, close, again }: { round: Round; seat: Seat; names: Names; close: () => void; again: () => void }) {
  const w = useWords(said);
  const act = useAct(ApproveGradeDecideDocument, decided);
  const [{ scale, grade, code }, setChosen] = useState({ ...seat, scale: seat.scale || (names.scales[0]?.key ?? '') });
  const [reason, setReason] = useState('');
  const submit = async () => {
    const answer = await act.run({ input: { round: round.id, unitCode: code, scale, grade, reason } });
    if (answer) again();
    return answer !== null;
  };
  const free = seat.code === '';
  const title = free ? w.decideOther : w.choose(round.roster.find((e) => e.code === code)?.name ?? code, names.grade(scale, grade));
  return (
    <Asking title={title} open close={close} act={act} submit={submit}>
      {free && <>
        {names.scales.length > 1 && <Choice label={w.scale} value={scale} onChange={(v) => setChosen({ scale: v, grade: '', code })} options={names.scales.map((g) => ({ value: g.key, label: g.name }))} />}
        <Choice label={w.subject} required value={code} empty="" onChange={(v) => setChosen({ scale, grade, code: v })} options={round.roster.map((e) => ({ value: e.code, label: e.name }))} />
        <Choice label={w.grade} required value={grade} empty="" onChange={(v) => setChosen({ scale, grade: v, code })} options={(names.scales.find((g) => g.key === scale)?.grades ?? []).map((g) => ({ value: g.key, label: g.name }))} />
      </>}
      <Field label={w.decisionReason} wide><Input.TextArea required rows={3} value={reason} onChange={(e) => setReason(e.target.value)} /></Field>
    </Asking>
  );
}

function Decided({ round, decision: g, names, decides, again }: { round: Round; decision: DecidedGradeFragment; names: Names; decides: boolean; again: () => void }) {
  const w = useWords(said);
  const moment = useMoment();
  const act = useAct(ApproveGradeConfirmDocument, confirmed);
  const run = async () => { if (await act.run({ input: { round: round.id, decision: g.id } })) again(); };
  const [who, what] = [round.roster.find((e) => e.subject === g.subject)?.name ?? '', names.grade(g.scale, g.grade)];
  return (
    <li>
      {who}：{names.scale(g.scale)} <strong>{what}</strong>，{g.reason} <small className="faint">{moment(g.decidedAt)}</small> {g.approved && <Tag color="green">{w.approved}</Tag>}
      {decides && !g.approved && <Button size="small" loading={act.running} title={w.approveAbout} aria-label={w.approveOf(who, what)} onClick={() => void run()}>{w.approve}</Button>}
      <ActNotes act={act} />
    </li>
  );
}

import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useNavigate } from 'react-router';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { Asking } from '@/parts/asking';
import { useWords } from '@/words/language';
import { CompetitionEndDocument, TrialClearDocument, type CompetitionEndMutation, type TrialClearMutation } from './operations';
import { said } from './words';

/** Closes a competition, after a question. */
export function EndCompetition({ id, revision, done }: { id: string; revision: number; done: () => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const [open, setOpen] = useState(false);
  const act = useAct(CompetitionEndDocument, useCallback((d: CompetitionEndMutation) => d.competitionClose, []));
  if (!may('competition:write')) return null;
  const submit = async () => {
    const answer = await act.run({ input: { competition: id, revision } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{w.end}</Button>
      <Asking title={w.end} open={open} close={() => setOpen(false)} act={act} submit={submit} button={w.end} danger><p className="field wide">{w.endAbout}</p></Asking>
    </>
  );
}

/** Wipes a trial: one key, and a confirmation. */
export function WipeTrial({ id, name }: { id: string; name: string }) {
  const w = useWords(said);
  const { may } = useSession();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const act = useAct(TrialClearDocument, useCallback((d: TrialClearMutation) => d.trialWipe, []));
  if (!may('trial:wipe')) return null;
  const submit = async () => {
    const answer = await act.run({ input: { competition: id } });
    if (answer) void navigate('/competitions');
    return answer !== null;
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{w.wipe}</Button>
      <Asking title={`${w.wipe}：${name}`} open={open} close={() => setOpen(false)} act={act} submit={submit} button={w.wipe} danger><p className="field wide">{w.wipeAbout}</p></Asking>
    </>
  );
}

import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useMe, useSession } from '@/api/session';
import { Asking } from '@/parts/asking';
import { Choice, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { monthOf } from './notice';
import { CompetitionStartDocument, CompetitionVersionAddDocument, type CompetitionVersionAddMutation } from './operations';
import { said } from './words';

/** Lets another version rule from a period on; rounds already opened keep theirs. */
export function AddVersion({ competition, done }: { competition: string; done: () => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const { today } = useMe();
  const [open, setOpen] = useState(false);
  const [template, setTemplate] = useState('');
  const [from, setFrom] = useState(monthOf(today));
  const [{ data }] = useQuery({ query: CompetitionStartDocument, pause: !open });
  const act = useAct(CompetitionVersionAddDocument, useCallback((d: CompetitionVersionAddMutation) => d.competitionAddVersion, []));
  if (!may('competition:write')) return null;
  const submit = async () => {
    const answer = await act.run({ input: { competition, template, fromPeriod: from.trim() } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{w.addVersion}</Button>
      <Asking title={w.addVersion} open={open} close={() => setOpen(false)} act={act} submit={submit} ready={template !== ''}>
        <Choice label={w.template} value={template} empty="—" options={(data?.templates.nodes ?? []).filter((t) => t.active).map((t) => ({ value: t.id, label: w.versionLine(t.name, t.version) }))} onChange={setTemplate} />
        <Field label={w.fromPeriod} hint={w.periodHint}><input className="plain-input" required value={from} onChange={(e) => setFrom(e.target.value)} /></Field>
      </Asking>
    </>
  );
}

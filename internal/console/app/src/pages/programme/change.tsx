import { Alert, Button } from 'antd';
import { useCallback, useState } from 'react';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { useDraft } from '@/parts/draft';
import { ActNotes } from '@/parts/fields';
import { common } from '@/words/common';
import { useWords } from '@/words/language';
import { BasicsForm } from './basics';
import type { Competition } from './competition';
import { basicsOf, groupOf, noticeOf } from './notice';
import { CompetitionChangeDocument, type CompetitionChangeMutation } from './operations';
import { said } from './words';

/** Notice, filing number and leading group, changed in place under the revision that was read. */
export function ChangeBasics({ competition, done }: { competition: Competition; done: () => void }) {
  const w = useWords(said);
  const c = useWords(common);
  const { may } = useSession();
  const [open, setOpen] = useState(false);
  const { value, set, clear, found } = useDraft(`competition.change.${competition.id}`, basicsOf(competition));
  const act = useAct(CompetitionChangeDocument, useCallback((d: CompetitionChangeMutation) => d.competitionUpdate, []));
  if (!may('competition:write')) return null;
  if (!open) return <div><Button onClick={() => setOpen(true)}>{w.rename}</Button></div>;
  const stale = act.errors.some((e) => e.code === 'STALE_REVISION');
  const submit = async () => {
    const answer = await act.run({ input: { competition: competition.id, revision: competition.revision, filingNumber: value.filing.trim(), notice: noticeOf(value), leadingGroup: groupOf(value) } });
    if (!answer) return;
    clear();
    setOpen(false);
    done();
  };
  return (
    <form className="stack" onSubmit={(e) => { e.preventDefault(); void submit(); }}>
      <h2>{w.rename}</h2>
      {found && <Alert type="info" showIcon title={w.found} />}
      <BasicsForm value={value} set={set} />
      {stale ? <Alert role="alert" type="warning" showIcon title={w.stale} action={<Button size="small" onClick={() => { act.forget(); done(); }}>{w.seeNew}</Button>} /> : <ActNotes act={act} />}
      <div><Button type="primary" htmlType="submit" loading={act.running}>{w.saveChanges}</Button> <Button onClick={() => { clear(); setOpen(false); }}>{c.cancel}</Button></div>
    </form>
  );
}

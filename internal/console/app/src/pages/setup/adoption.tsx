import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { ActNotes } from '@/parts/fields';
import { useWords } from '@/words/language';
import { SetupAdoptDocument, type SetupAdoptMutation } from './operations';
import { said } from './words';

/** Agrees to stand under the unit above; it counts when both sides agree. */
export function Adoption({ above, stands, done }: { above: { code?: string | null; shownName: string } | null; stands: boolean; done: () => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const [drafts, setDrafts] = useState(false);
  const act = useAct(SetupAdoptDocument, useCallback((d: SetupAdoptMutation) => d.adoptionAgree, []));
  if (stands) return null;
  if (!above?.code || !may('tenant:adopt')) return <p className="faint">{w.adoptApprover}</p>;
  const code = above.code;
  const agree = async () => {
    if (await act.run({ input: { otherUnitCode: code, drafts } })) done();
  };
  return (
    <>
      <label className="check"><input type="checkbox" checked={drafts} onChange={(e) => setDrafts(e.target.checked)} /><span>{w.drafts}</span></label>
      <ActNotes act={act} />
      <Button loading={act.running} onClick={() => void agree()}>{w.adopt(above.shownName)}</Button>
    </>
  );
}

import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { ActNotes } from '@/parts/fields';
import { useWords } from '@/words/language';
import { VillagesTakePartDocument, type SetupPageQuery, type VillagesTakePartMutation } from './operations';
import { said } from './words';

type Village = SetupPageQuery['setup']['villages'][number];

/** The villages of the table: those that take part are ticked, then confirmed. */
export function Villages({ villages, done }: { villages: readonly Village[]; done: () => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const confirmed = villages.length > 0 && villages.every((v) => v.confirmed);
  const [open, setOpen] = useState(!confirmed);
  const [out, setOut] = useState(() => villages.filter((v) => !v.takesPart).map((v) => v.unit.id));
  const act = useAct(VillagesTakePartDocument, useCallback((d: VillagesTakePartMutation) => d.villagesConfirm, []));
  const count = w.confirmed(villages.length - out.length, villages.length);
  if (villages.length === 0) return <p>{w.villageNone} {w.missing}</p>;
  if (!open) return <p>{count} {may('competition:write') && <Button size="small" onClick={() => setOpen(true)}>{w.change}</Button>}</p>;
  const send = async () => {
    const answer = await act.run({ input: { leaveOut: out } });
    if (answer) { setOpen(false); done(); }
  };
  return (
    <fieldset className="villages" disabled={!may('competition:write')}>
      <legend>{w.confirming}</legend>
      <div className="village-row">{villages.map((v) => (
        <label key={v.unit.id} className="check">
          <input type="checkbox" checked={!out.includes(v.unit.id)} onChange={(e) => setOut(e.target.checked ? out.filter((x) => x !== v.unit.id) : [...out, v.unit.id])} />
          <span>{v.unit.shownName}</span>
        </label>
      ))}</div>
      <p className="faint" role="status">{count}。{w.missing}</p>
      <ActNotes act={act} />
      <Button type="primary" loading={act.running} onClick={() => void send()}>{w.confirm}</Button>
    </fieldset>
  );
}

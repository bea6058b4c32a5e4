import { Button, Flex, Input } from 'antd';
import type { Names } from '@/parts/names';
import { Choice, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { Members, type PanelsDraft } from './paneleditor';
import { shownAs, type Someone } from './people';
import { said } from './panels.words';

type Set = (value: (before: PanelsDraft) => PanelsDraft) => void;

/** The seconded cadres as the template has them chosen: named, by rotation or drawn from a seed. */
export function SecondedFields({ draft, set, people, free, names, on }: { draft: PanelsDraft; set: Set; people: readonly Someone[]; free: readonly Someone[]; names: Names; on: string }) {
  const w = useWords(said);
  const { choose, count } = names.seconded;
  if (count === 0) return <p className="faint">{w.secondedNone}</p>;
  const how = (w.chosen[choose as keyof typeof w.chosen] as string | undefined) ?? choose;
  return (
    <fieldset className="card">
      <legend>{w.secondedTitle(count, how)}</legend>
      {choose === 'assigned' ? <Assigned draft={draft} set={set} people={people} free={free} on={on} /> : (
        <div className="fields">
          <Members label={w.pool} people={free} all={people} on={on} chosen={draft.pool} put={(pool) => set((v) => ({ ...v, pool }))} />
          {choose === 'draw' ? (
            <Field label={w.seedField} hint={<>{w.seedHint}{w.drawAbout}</>}>
              <Flex gap="small"><Input required maxLength={200} value={draft.seed} onChange={(e) => set((v) => ({ ...v, seed: e.target.value }))} /><Button onClick={() => set((v) => ({ ...v, seed: crypto.randomUUID() }))}>{w.fresh}</Button></Flex>
            </Field>
          ) : <p>{w.rotationAbout}</p>}
        </div>
      )}
    </fieldset>
  );
}

/** Seats of the seconded: kept where chosen, whoever is new sits where fewest of them do. */
export function spread(chosen: readonly string[], before: Record<string, number>, panels: number): Record<string, number> {
  const seats: Record<string, number> = {};
  for (const id of chosen) if (before[id]) seats[id] = before[id];
  for (const id of chosen) {
    if (seats[id]) continue;
    const held = Array.from({ length: Math.max(panels, 1) }, (_, i) => Object.values(seats).filter((n) => n === i + 1).length);
    seats[id] = held.indexOf(Math.min(...held)) + 1;
  }
  return seats;
}

function Assigned({ draft, set, people, free, on }: { draft: PanelsDraft; set: Set; people: readonly Someone[]; free: readonly Someone[]; on: string }) {
  const w = useWords(said);
  const ids = Object.keys(draft.assigned);
  const seats = draft.panels.map((p, i) => ({ value: String(i + 1), label: p.name || w.panel(i + 1) }));
  const put = (chosen: string[]) => set((v) => ({ ...v, assigned: spread(chosen, v.assigned, v.panels.length) }));
  return (
    <div className="fields">
      <Members label={w.seconded} people={free} all={people} on={on} chosen={ids} put={put} />
      {ids.map((id) => {
        const person = people.find((p) => p.id === id);
        return <Choice key={id} label={`${person ? shownAs(person, on) : id}：${w.seat}`} value={String(draft.assigned[id] ?? 1)} options={seats} onChange={(n) => set((v) => ({ ...v, assigned: { ...v.assigned, [id]: Number(n) } }))} />;
      })}
    </div>
  );
}

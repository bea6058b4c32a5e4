import { Alert, Button, Flex, Input } from 'antd';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useMe } from '@/api/session';
import { useDraft } from '@/parts/draft';
import { Choice, Field } from '@/parts/fields';
import { ProblemNote } from '@/parts/problem';
import { useWords } from '@/words/language';
import { PanelUnitsDocument, SetPanelsDocument } from './operations';
import { shownAs, useEverybody, type Someone } from './people';
import type { PanelNow } from './panels';
import { said } from './panels.words';
import { Refused } from './stepbutton';
import type { PartProps } from './round';
import { SecondedFields } from './seconded';

/** A group as it is being typed. */
export interface PanelDraft { name: string; items: string[]; channels: string[]; unitCodes: string[]; subjects: string[]; members: string[] }

/** Groups and seconded cadres as they are being typed. */
export interface PanelsDraft { panels: PanelDraft[]; assigned: Record<string, number>; pool: string[]; seed: string }

/** What is read, as the form begins. */
export function begun(panels: readonly PanelNow[], groups: number): PanelsDraft {
  const seconded = panels.flatMap((p) => p.members.filter((m) => m.seconded).map((m) => [m.person.id, p.number] as const));
  return {
    panels: panels.length > 0
      ? panels.map((p) => ({ name: p.name, items: p.items, channels: p.channels, unitCodes: p.units.map((u) => u.code ?? '').filter(Boolean), subjects: p.subjects, members: p.members.filter((m) => !m.seconded).map((m) => m.person.id) }))
      : Array.from({ length: groups || 3 }, () => ({ name: '', items: [], channels: [], unitCodes: [], subjects: [], members: [] })),
    assigned: Object.fromEntries(seconded), pool: seconded.map(([id]) => id), seed: panels.flatMap((p) => p.members).find((m) => m.seed !== '')?.seed ?? '',
  };
}

export default function PanelEditor({ round, names, panels, saved, look, leave }: Omit<PartProps, 'again'> & { panels: readonly PanelNow[]; saved: () => void; look: () => void; leave: () => void }) {
  const w = useWords(said);
  const draft = useDraft<PanelsDraft>(`panels.${round.id}`, begun(panels, names.groups.count));
  const { people, failed } = useEverybody(false);
  const [{ data: below }] = useQuery({ query: PanelUnitsDocument, variables: { parent: useMe().tenant.unit.id } });
  const villages = (below?.units.nodes ?? []).flatMap((u) => u.code ? [{ value: u.code, label: u.shownName }] : []);
  const act = useAct(SetPanelsDocument, (d) => d.panelsSet);
  const { value, set } = draft;
  const put = (at: number, more: Partial<PanelDraft>) => set((v) => ({ ...v, panels: v.panels.map((p, i) => i === at ? { ...p, ...more } : p) }));
  const items = (round.rubric ?? []).map((i) => i.key);
  const send = async () => {
    const seconded = names.seconded.choose === 'assigned' || names.seconded.choose === ''
      ? { assigned: Object.entries(value.assigned).map(([person, panel]) => ({ person, panel })) }
      : { pool: value.pool, ...(names.seconded.choose === 'draw' ? { seed: value.seed } : {}) };
    const answer = await act.run({ input: { round: round.id, revision: round.revision, panels: value.panels.map((p, i) => ({ ...p, name: p.name || w.panel(i + 1) })), seconded } });
    if (answer) { draft.clear(); saved(); }
  };
  // Nobody sits in two groups: who has a seat is not offered another one.
  const seated = new Set([...value.panels.flatMap((p) => p.members), ...Object.keys(value.assigned)]);
  const free = (people ?? []).filter((p) => !seated.has(p.id));
  if (!people) return <p role="status">{failed ? w.failed : w.reading}</p>;
  return (
    <form onSubmit={(e) => { e.preventDefault(); void send(); }}>
      {names.groups.count > 0 && <p>{w.asked(names.groups.count, names.groups.least)}</p>}
      {draft.found && <Alert role="status" type="info" title={w.draft} />}
      <Flex vertical gap="middle">
        {value.panels.map((p, i) => (
          <fieldset key={i} className="card">
            <legend>{p.name || w.panel(i + 1)}</legend>
            <div className="fields">
              <Field label={w.name}><Input maxLength={200} value={p.name} placeholder={w.panel(i + 1)} onChange={(e) => put(i, { name: e.target.value })} /></Field>
              <Members people={free} on={round.held} chosen={p.members} all={people} put={(members) => put(i, { members })} />
              <Checks label={w.items} options={items.map((k) => ({ value: k, label: names.item(k) }))} chosen={p.items} put={(list) => put(i, { items: list })} />
              <Checks label={w.channels} options={names.channels.map((c) => ({ value: c.key, label: c.name }))} chosen={p.channels} put={(list) => put(i, { channels: list })} />
            </div>
            {villages.length > 0 && <details open={p.unitCodes.length > 0}><summary>{w.units}：{p.unitCodes.length === 0 ? w.all : p.unitCodes.length}</summary><Checks label={w.units} options={villages} chosen={p.unitCodes} put={(list) => put(i, { unitCodes: list })} /></details>}
            <Button danger size="small" disabled={value.panels.length === 1} onClick={() => set((v) => ({ ...v, panels: v.panels.filter((_, at) => at !== i) }))}>{w.removePanel}</Button>
          </fieldset>
        ))}
        <div><Button onClick={() => set((v) => ({ ...v, panels: [...v.panels, { name: '', items: [], channels: [], unitCodes: [], subjects: [], members: [] }] }))}>{w.addPanel}</Button></div>
        <SecondedFields draft={value} set={set} people={people} free={free} names={names} on={round.held} />
        <Refused errors={act.errors} look={look} />
        <ProblemNote problem={act.problem} />
        <Flex gap="small"><Button type="primary" htmlType="submit" loading={act.running}>{w.save}</Button><Button onClick={() => { draft.clear(); leave(); }}>{w.discard}</Button></Flex>
      </Flex>
    </form>
  );
}

/** Several of few: boxes to tick. */
export function Checks({ label, options, chosen, put }: { label: string; options: readonly { value: string; label: string }[]; chosen: readonly string[]; put: (chosen: string[]) => void }) {
  return (
    <fieldset className="field plain-set">
      <legend>{label}</legend>
      {options.map((o) => (
        <label key={o.value} className="check"><input type="checkbox" checked={chosen.includes(o.value)} onChange={(e) => put(e.target.checked ? [...chosen, o.value] : chosen.filter((c) => c !== o.value))} />{o.label}</label>
      ))}
    </fieldset>
  );
}

/** Several of many: each chosen one can be taken out again. */
export function Members({ people, all, on, chosen, put, label }: { people: readonly Someone[]; all: readonly Someone[]; on: string; chosen: readonly string[]; put: (chosen: string[]) => void; label?: string }) {
  const w = useWords(said);
  const name = (id: string) => { const p = all.find((x) => x.id === id); return p ? shownAs(p, on) : id; };
  return (
    <div className="field">
      <Choice label={label ?? w.members} value="" empty={w.pick} onChange={(id) => { if (id && !chosen.includes(id)) put([...chosen, id]); }}
        options={people.filter((p) => !chosen.includes(p.id)).map((p) => ({ value: p.id, label: shownAs(p, on) }))} />
      <ul className="plain">{chosen.map((id) => <li key={id}>{name(id)} <Button type="text" size="small" aria-label={w.remove(name(id))} onClick={() => put(chosen.filter((c) => c !== id))}>×</Button></li>)}</ul>
    </div>
  );
}

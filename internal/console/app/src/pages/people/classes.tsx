import { Button, Flex } from 'antd';
import { useCallback, useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useMe, useSession } from '@/api/session';
import { Asking } from '@/parts/asking';
import { ActNotes, Choice, Field } from '@/parts/fields';
import { Nothing, Page, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { PeopleNav } from './nav';
import { ClassedVillagesDocument, ClassesSetDocument, ClassSetDefineDocument, ClassSetsDocument, type ClassesSetMutation, type ClassSetDefineMutation, type ClassSetsQuery } from './operations';
import { keyed } from './sets';
import { said } from './words';

type Set = ClassSetsQuery['groupSets'][number];

/** Group sets and the class of each village: tracks come from here. */
export default function Classes() {
  const w = useWords(said);
  const { may } = useSession();
  const me = useMe();
  const [chosen, setChosen] = useState('');
  const [{ data, error }, reexecute] = useQuery({ query: ClassSetsDocument, variables: { parent: me.tenant.unit.id } });
  const again = () => reexecute({ requestPolicy: 'network-only' });
  const made = (key: string) => { setChosen(key); again(); };
  const set = data?.groupSets.find((s) => s.key === chosen) ?? data?.groupSets[0];
  const write = may('unit:classify');
  return (
    <Page title={w.classes} about={w.classesAbout} actions={write && <><Define set={null} sets={data?.groupSets ?? []} done={made} />{set && <Define key={`${set.key} ${set.name} ${set.classes.length}`} set={set} sets={data?.groupSets ?? []} done={again} />}</>}>
      <PeopleNav />
      <Read data={data} error={error} again={again}>
        {(d) => !set ? <Nothing>{w.noSets}</Nothing> : (
          <>
            <div className="fields"><Choice label={w.set} value={set.key} options={d.groupSets.map((s) => ({ value: s.key, label: s.name }))} onChange={setChosen} /></div>
            {d.units.nodes.length === 0 ? <p>{w.noUnits}</p> : <Assign key={set.key} set={set} units={d.units.nodes} write={write} />}
          </>
        )}
      </Read>
    </Page>
  );
}

function Define({ set, sets, done }: { set: Set | null; sets: readonly Set[]; done: (key: string) => void }) {
  const w = useWords(said);
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(set?.name ?? '');
  const [classes, setClasses] = useState(set?.classes.map((c) => c.name).join('、') ?? '');
  const act = useAct(ClassSetDefineDocument, useCallback((d: ClassSetDefineMutation) => d.groupSetDefine, []));
  const title = set ? w.editSet : w.addSet;
  const submit = async () => {
    const key = set?.key ?? keyed([name], sets, 'set')[0]?.key ?? 'set';
    const answer = await act.run({ input: { key, name: name.trim(), classes: keyed(classes.split(/[、,，;；\s]+/), set?.classes ?? [], 'class') } });
    if (answer) done(key);
    return answer !== null;
  };
  return (
    <>
      <Button {...(set ? {} : { type: 'primary' as const })} onClick={() => setOpen(true)}>{title}</Button>
      <Asking title={title} open={open} close={() => setOpen(false)} act={act} submit={submit}>
        <Field label={w.setName} wide><input className="plain-input" required value={name} onChange={(e) => setName(e.target.value)} /></Field>
        <Field label={w.classNames} hint={w.classHint} wide><input className="plain-input" required value={classes} onChange={(e) => setClasses(e.target.value)} /></Field>
      </Asking>
    </>
  );
}

function Assign({ set, units, write }: { set: Set; units: ClassSetsQuery['units']['nodes']; write: boolean }) {
  const w = useWords(said);
  const { today } = useMe();
  const [{ data, error }, reexecute] = useQuery({ query: ClassedVillagesDocument, variables: { set: set.key } });
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [from, setFrom] = useState(`${today.slice(0, 4)}-01-01`);
  const act = useAct(ClassesSetDocument, useCallback((d: ClassesSetMutation) => d.classesAssign, []));
  const have = new Map((data?.classedUnits ?? []).map((c) => [c.unit.code ?? '', c.class]));
  const rows = Object.entries(typed).filter(([code, klass]) => (have.get(code) ?? '') !== klass);
  const save = async () => {
    const answer = await act.run({ input: { groupSet: set.key, rows: rows.map(([unitCode, klass]) => ({ unitCode, class: klass, from })) } });
    if (answer) { setTyped({}); reexecute({ requestPolicy: 'network-only' }); }
  };
  const options = set.classes.map((c) => ({ value: c.key, label: c.name }));
  const classOf = (code: string) => typed[code] ?? have.get(code) ?? '';
  const open = units.flatMap((u) => (u.code && classOf(u.code) === '' ? [u.code] : []));
  const fill = (klass: string) => setTyped({ ...typed, ...Object.fromEntries(open.map((code) => [code, klass])) });
  return (
    <Read data={data} error={error}>
      {() => (
        <>
          {write && open.length > 0 && <div className="fields"><Choice label={w.rest(open.length)} value="" empty={w.pickOne} options={options} onChange={fill} /></div>}
          <div className="scroll"><table className="table classed">
            <thead><tr><th scope="col">{w.village}</th><th scope="col">{w.klass}</th></tr></thead>
            <tbody>{units.map((u) => {
              const code = u.code ?? '';
              return (
                <tr key={u.id}>
                  <th scope="row">{u.shownName}</th>
                  <td>{code === '' ? w.noCode : (
                    <select className="choice" aria-label={`${u.shownName} ${w.klass}`} disabled={!write} value={classOf(code)} onChange={(e) => setTyped({ ...typed, [code]: e.target.value })}>
                      <option value="">{w.unclassed}</option>
                      {options.map((o) => <option key={o.value} value={o.value}>{o.label}</option>)}
                    </select>
                  )}</td>
                </tr>
              );
            })}</tbody>
          </table></div>
          {write && (
            <Flex gap="small" wrap align="end">
              <Field label={w.asOf}><input className="plain-input" type="date" value={from} onChange={(e) => setFrom(e.target.value)} /></Field>
              <Button type="primary" disabled={rows.length === 0} loading={act.running} onClick={() => void save()}>{w.saveClasses}</Button>
              {rows.length > 0 && <span role="status">{w.changed(rows.length)}</span>}
            </Flex>
          )}
          <ActNotes act={act} />
        </>
      )}
    </Read>
  );
}

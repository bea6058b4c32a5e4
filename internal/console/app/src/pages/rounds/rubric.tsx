import { Button, Flex, Input } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { Field } from '@/parts/fields';
import { Nothing, Read } from '@/parts/page';
import { ProblemNote } from '@/parts/problem';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { Blockers } from './blockers';
import { ItemForm } from './itemform';
import { useCalled } from './people';
import { PublishRubricDocument, RoundRubricDocument, WithdrawRubricDocument, WriteRubricDocument, type RoundRubricQuery } from './operations';
import type { PartProps } from './round';
import { said } from './rubric.words';
import type { ItemNow } from './rubricitem';
import { Refused, StepButton } from './stepbutton';

type Full = NonNullable<RoundRubricQuery['round']>;

/** The items of the month: written by their owners, published to the villages. */
export default function Rubric({ round, names, again }: PartProps) {
  const w = useWords(said);
  const moment = useMoment();
  const [{ data, error }, reexecute] = useQuery({ query: RoundRubricDocument, variables: { id: round.id } });
  const changed = () => { reexecute({ requestPolicy: 'network-only' }); again(); };
  return (
    <Read data={data?.round ? { full: data.round, dimensions: data.dimensions } : undefined} error={error} again={changed}>{({ full, dimensions }) => (
      <>
        <p>{w.about}</p>
        <p className="faint">{full.rubricPublishedAt ? w.published(moment(full.rubricPublishedAt)) : w.unpublished}</p>
        <Items full={full} names={names} again={changed} dimensions={dimensions} />
        <Publishing full={full} changed={changed} />
      </>
    )}</Read>
  );
}

function Items({ full, names, again, dimensions }: Pick<PartProps, 'names' | 'again'> & { full: Full; dimensions: { key: string; name: string }[] }) {
  const w = useWords(said);
  const { may } = useSession();
  const [editing, setEditing] = useState<ItemNow | 'new' | null>(null);
  const act = useAct(WriteRubricDocument, (d) => d.rubricWrite);
  const before = full.state === 'PLANNED' || full.state === 'NOTIFIED';
  const writable = may('rubric:write') && before && !full.rubricPublishedAt;
  const takeOut = async (key: string) => {
    if (await act.run({ input: { round: full.id, revision: full.revision, items: [], remove: [key] } })) again();
  };
  // Until somebody writes an item, the template's own are shown.
  const usual = full.rubric.length > 0 && full.rubric.every((i) => !i.ownerId);
  const wanting = full.blockers.filter((b) => /^(RUBRIC_|ITEMS?_)/.test(b.code) && b.code !== 'RUBRIC_UNPUBLISHED');
  const called = useCalled();
  const named = (key: string) => dimensions.find((d) => d.key === key)?.name ?? key;
  return (
    <>
      {full.rubric.length === 0 && <Nothing>{w.none}</Nothing>}
      {before && usual && <p role="note">{w.ofTemplate}</p>}
      {writable && !usual && !may('rubric:publish') && <p role="note">{w.ownOnly}</p>}
      {full.rubric.length > 0 && (
        <div className="scroll">
          <table className="table">
            <thead><tr><th scope="col">{w.name}</th><th scope="col">{w.dimension}</th><th scope="col" className="number">{w.points}</th><th scope="col">{w.kind}</th><th scope="col">{w.criteria}</th><th scope="col">{w.weights}</th><th scope="col">{w.owner}</th>{writable && <th scope="col" className="no-print">{w.edit}</th>}</tr></thead>
            <tbody>{full.rubric.map((i) => (
              <tr key={i.key}>
                <th scope="row">{i.name}{i.for.length > 0 && <small className="cell-note faint">{w.forClasses}：{i.for.join('、')}</small>}</th>
                <td>{named(i.dimension)}</td><td className="number">{i.points}</td><td>{w.kinds[i.kind]}</td>
                <td style={{ whiteSpace: 'pre-line', minWidth: '14rem' }}>{i.criteria}<Rule item={i} /></td>
                <td>{i.channels.map((c) => `${names.channel(c.channel)} ${c.weight}`).join('；')}</td><td>{called(i.owner)}</td>
                {writable && <td className="no-print"><Flex gap="small"><Button size="small" aria-label={w.editItem(i.name)} onClick={() => setEditing(i)}>{w.edit}</Button>{i.ownerId && <Button size="small" danger aria-label={w.removeItem(i.name)} loading={act.running} onClick={() => void takeOut(i.key)}>{w.remove}</Button>}</Flex></td>}
              </tr>
            ))}</tbody>
          </table>
        </div>
      )}
      <Refused errors={act.errors} look={again} />
      <ProblemNote problem={act.problem} />
      {writable && editing === null && <div><Button type={full.rubric.length === 0 ? 'primary' : 'default'} onClick={() => setEditing('new')}>{w.add}</Button></div>}
      {writable && editing !== null && <ItemForm key={editing === 'new' ? '' : editing.key} full={full} item={editing === 'new' ? null : editing} names={names} dimensions={dimensions} done={() => { setEditing(null); again(); }} look={again} leave={() => setEditing(null)} />}
      {!before && <p className="faint">{w.fixed}</p>}
      {before && wanting.length > 0 && <Blockers blockers={wanting} />}
    </>
  );
}

function Rule({ item }: { item: ItemNow }) {
  const w = useWords(said);
  const rows = [...item.rule.table, ...item.rule.levels, ...item.rule.checks];
  if (rows.length === 0 && item.rule.formula === '') return null;
  return <><small>{item.rule.formula}</small>{rows.length > 0 && <ul className="plain">{rows.map((r) => <li key={r.key}>{r.name} {w.of(r.points)}</li>)}</ul>}</>;
}

function Publishing({ full, changed }: { full: Full; changed: () => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const [reason, setReason] = useState('');
  const before = full.state === 'PLANNED' || full.state === 'NOTIFIED';
  if (!may('rubric:publish') || !before || full.rubric.length === 0) return null;
  const step = { round: full.id, revision: full.revision };
  return (
    <section className="card no-print" aria-label={full.rubricPublishedAt ? w.withdraw : w.publish}>
      {full.rubricPublishedAt ? (
        <>
          <Field label={w.reason} wide><Input.TextArea rows={2} maxLength={2000} value={reason} onChange={(e) => setReason(e.target.value)} /></Field>
          <StepButton quiet danger document={WithdrawRubricDocument} payload={(d) => ({ ...d.rubricWithdraw, warnings: [] })} variables={{ input: { ...step, reason } }} about={w.withdrawAbout} button={w.withdraw} done={changed} />
        </>
      ) : <StepButton document={PublishRubricDocument} payload={(d) => ({ ...d.rubricPublish, warnings: [] })} variables={{ input: step }} about={w.publishAbout} button={w.publish} done={changed} />}
    </section>
  );
}

import { Alert, Button, Flex, Input } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useAct } from '@/api/act';
import { Asking } from '@/parts/asking';
import { ActNotes, Choice, Field, MoreButton } from '@/parts/fields';
import { useMore } from '@/parts/more';
import { once } from './once';
import { Nothing, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { said } from './confirm.words';
import { ConfirmMarksDocument, RejectMarksDocument, RoundMarksDocument, type RoundMarksQuery } from './operations';
import { useCalled } from './people';
import type { PartProps } from './round';
import { asOnSheets } from './sheets';

type Mark = NonNullable<RoundMarksQuery['round']>['marks']['nodes'][number];

const none = { nodes: [] as Mark[], pageInfo: { hasNextPage: false, endCursor: null } };
const picked = (data: RoundMarksQuery) => data.round?.marks ?? none;
const batch = 500;

/** Marks that wait for a second person, confirmed or sent back many at once. */
export default function Confirm({ round, names, again }: PartProps) {
  const w = useWords(said);
  const variables = useMemo(() => ({ id: round.id }), [round.id]);
  const list = useMore(RoundMarksDocument, variables, picked);
  const [shown, setShown] = useState('ENTERED');
  const [item, setItem] = useState('');
  const [channel, setChannel] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const marks = list.nodes.filter((m) => (shown === '' || m.state === shown) && (item === '' || m.item === item) && (channel === '' || m.channel === channel))
    .sort(asOnSheets(round, names, list.data));
  // Marks that wait may lie behind pages of marks that are done: the page is not empty before all are read.
  const { hasMore, loading, more, error } = list;
  const hidden = marks.length === 0 && hasMore && !error;
  useEffect(() => { if (hidden && !loading) more(); }, [hidden, loading, more]);
  const ids = marks.filter((m) => m.state === 'ENTERED' && chosen.has(m.id)).map((m) => m.id);
  const done = () => { setChosen(new Set()); list.again(); again(); };
  const items = [...new Set(list.nodes.map((m) => m.item))];
  const called = useCalled();
  return (
    <>
      <p>{w.about}</p>
      <Flex gap="middle" wrap className="no-print">
        <Choice label={w.filter} value={shown} onChange={setShown} empty={w.all} options={[{ value: 'ENTERED', label: w.waiting }, { value: 'REJECTED', label: w.rejected }, { value: 'CONFIRMED', label: w.confirmed }]} />
        <Choice label={w.item} value={item} onChange={setItem} empty={w.everyItem} options={items.map((k) => ({ value: k, label: names.item(k) }))} />
        <Choice label={w.channel} value={channel} onChange={setChannel} empty={w.everyChannel} options={names.channels.map((c) => ({ value: c.key, label: c.name }))} />
      </Flex>
      <Read data={list.data} error={list.error} again={list.again}>{() => (
        <>
          {marks.length === 0 ? <Nothing>{hasMore ? w.seeking : list.nodes.length === 0 ? w.noneYet : w.none}</Nothing> : <MarkTable marks={marks} names={names} called={called} chosen={chosen} choose={setChosen} />}
          {hasMore && <p className="faint">{w.rest}</p>}
          <MoreButton list={list} />
          <Deciding round={round.id} ids={ids} done={done} />
        </>
      )}</Read>
    </>
  );
}

function MarkTable({ marks, names, called, chosen, choose }: { marks: Mark[]; names: PartProps['names']; called: (judge: string) => string; chosen: ReadonlySet<string>; choose: (ids: ReadonlySet<string>) => void }) {
  const w = useWords(said);
  const moment = useMoment();
  const open = marks.filter((m) => m.state === 'ENTERED');
  const every = open.length > 0 && open.every((m) => chosen.has(m.id));
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    choose(next);
  };
  return (
    <div className="scroll">
      <table className="table">
        <thead><tr>
          <th scope="col">{open.length > 0 && <input type="checkbox" aria-label={w.pickAll} checked={every} onChange={() => choose(every ? new Set() : new Set(open.map((m) => m.id)))} />}</th>
          <th scope="col">{w.village}</th><th scope="col" className="number">{w.value}</th><th scope="col">{w.item}</th><th scope="col">{w.channel}</th><th scope="col">{w.judge}</th><th scope="col">{w.state}</th><th scope="col">{w.at}</th>
        </tr></thead>
        <tbody>{marks.map((m) => (
          <tr key={m.id}>
            <td>{m.state === 'ENTERED' && <input type="checkbox" aria-label={w.pick(`${m.unit.shownName} ${names.item(m.item)} ${names.channel(m.channel)} ${called(m.judge)}`)} checked={chosen.has(m.id)} onChange={() => toggle(m.id)} />}</td>
            <th scope="row">{m.unit.shownName}</th><td className="number">{m.value}<Detail mark={m} /></td>
            <td>{names.item(m.item)}</td><td>{names.channel(m.channel)}</td><td>{called(m.judge)}</td>
            <td>{w.states[m.state]}{m.rejection && <small className="cell-note">{w.rejectedFor(m.rejection)}</small>}{m.reason && <small className="cell-note">{w.corrected(m.reason)}</small>}</td>
            <td className="nowrap">{moment(m.enteredAt)}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}

function Detail({ mark }: { mark: Mark }) {
  const w = useWords(said);
  const d = mark.detail;
  if (!d) return null;
  const parts = [d.level, d.veto ? w.veto : '', ...d.events.map((e) => `${e.key}×${e.count}`), d.note].filter(Boolean);
  return parts.length > 0 ? <small className="cell-note">{parts.join('；')}</small> : null;
}

function Deciding({ round, ids, done }: { round: string; ids: string[]; done: () => void }) {
  const w = useWords(said);
  const confirming = useAct(ConfirmMarksDocument, (d) => d.marksConfirm);
  const rejecting = useAct(RejectMarksDocument, (d) => d.marksReject);
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [after, setAfter] = useState(0);
  const confirm = async () => {
    setAfter(0);
    let n = 0;
    for (let at = 0; at < ids.length; at += batch) {
      const part = ids.slice(at, at + batch);
      if (!await confirming.run({ input: { round, marks: part } })) break;
      n += part.length;
    }
    if (n > 0) { setAfter(n); done(); }
  };
  const reject = async () => {
    const answer = await rejecting.run({ input: { round, marks: ids.slice(0, batch), reason } });
    if (answer) { setReason(''); setAfter(Math.min(ids.length, batch)); done(); }
    return answer !== null;
  };
  return (
    <div className="no-print deciding">
      {after > 0 && <Alert role="status" type="success" showIcon closable title={w.done(after)} />}
      <ActNotes act={{ problem: confirming.problem, errors: once(confirming.errors, w.several) }} />
      <Flex gap="small" wrap align="center">
        <Button type="primary" disabled={ids.length === 0} loading={confirming.running} onClick={() => void confirm()}>{w.confirm(ids.length)}</Button>
        <Button danger disabled={ids.length === 0} onClick={() => setAsking(true)}>{w.reject(ids.length)}</Button>
        <span aria-live="polite" className="faint">{w.picked(ids.length)}</span>
      </Flex>
      <Asking title={w.rejectTitle} open={asking} close={() => setAsking(false)} act={{ ...rejecting, errors: once(rejecting.errors, w.several) }} submit={reject} button={w.reject(ids.length)} danger ready={reason.trim() !== ''}>
        <Field wide label={w.reason}><Input.TextArea rows={3} required maxLength={2000} value={reason} onChange={(e) => setReason(e.target.value)} /></Field>
      </Asking>
    </div>
  );
}

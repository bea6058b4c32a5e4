import { Button, Flex } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useSession } from '@/api/session';
import { Nothing, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import '@/shell/tables.css';
import { Absence, Missing } from './missing';
import { said } from './ledgers.words';
import { RoundLedgersDocument, type RoundLedgersQuery } from './operations';
import { useCalled } from './people';
import { Receive } from './receive';
import type { PartProps } from './round';

type Full = NonNullable<RoundLedgersQuery['round']>;
/** A contestant of the round. */
export type Contestant = Full['roster'][number];
/** A cell that lacks marks. */
export type Gap = Full['toMark'][number];

/** Ledgers checked in, who does not take part, and what a missing mark means. */
export default function Ledgers({ round, names, again }: PartProps) {
  const w = useWords(said);
  const [{ data, error }, reexecute] = useQuery({ query: RoundLedgersDocument, variables: { id: round.id }, requestPolicy: 'cache-and-network' });
  const anew = () => reexecute({ requestPolicy: 'network-only' });
  const changed = () => { anew(); again(); };
  return (
    <>
      <p>{w.about}</p>
      <Read data={data?.round ?? undefined} error={error} again={anew}>{(r) => (
        r.roster.length === 0 ? <Nothing>{w.notOpen}</Nothing> : <><Roster full={r} names={names} changed={changed} /><Decided full={r} names={names} /></>
      )}</Read>
    </>
  );
}

function Roster({ full, names, changed }: { full: Full; names: PartProps['names']; changed: () => void }) {
  const w = useWords(said);
  const moment = useMoment();
  const { may } = useSession();
  const [receiving, setReceiving] = useState<Contestant | null>(null);
  const [absent, setAbsent] = useState<Contestant | null>(null);
  const [deciding, setDeciding] = useState<Contestant | null>(null);
  const over = full.state === 'PUBLISHED' || full.state === 'CANCELLED';
  const ledgers = names.channels.some((c) => c.reception);
  const called = useCalled();
  const received = new Map(full.receptions.map((r) => [r.subject, r]));
  const gaps = (subject: string) => full.toMark.filter((g) => g.subject === subject);
  return (
    <>
      {ledgers && <p aria-live="polite">{w.count(received.size, full.roster.filter((e) => !e.absent).length)}</p>}
      <div className="scroll">
        <table className="table">
          <thead><tr><th scope="col">{w.village}</th>{ledgers && <th scope="col">{w.ledger}</th>}<th scope="col">{w.gaps}</th><th scope="col">{w.state}</th>{!over && <th scope="col" className="no-print">{w.acts}</th>}</tr></thead>
          <tbody>{full.roster.map((e) => {
            const got = received.get(e.subject);
            const missing = gaps(e.subject);
            return (
              <tr key={e.subject}>
                <th scope="row">{e.name}{e.track && <small className="cell-note faint">{e.track}</small>}</th>
                {ledgers && <td>{got ? <>{w.received(moment(got.receivedAt))}<small className="cell-note faint">{w.by(called(got.deliveredBy))}{got.note && `；${got.note}`}</small></> : w.notReceived}</td>}
                <td>{missing.length === 0 ? w.noGaps : <details><summary>{w.gapCount(missing.length)}</summary><ul className="plain">{missing.map((g) => <li key={`${g.item} ${g.channel}`}>{names.item(g.item)} · {names.channel(g.channel)} {g.have}/{g.need}</li>)}</ul></details>}</td>
                <td>{e.absent ? <>{w.absent}<small className="cell-note faint">{e.reason}</small></> : w.takesPart}</td>
                {!over && <td className="no-print"><Flex gap="small" wrap>
                  {ledgers && !got && !e.absent && may('reception:write') && <Button size="small" type="primary" aria-label={w.receiveTitle(e.name)} onClick={() => setReceiving(e)}>{w.receive}</Button>}
                  {may('missing:decide') && <Button size="small" aria-label={e.absent ? w.undoTitle(e.name) : w.absentTitle(e.name)} onClick={() => setAbsent(e)}>{e.absent ? w.undo : w.markAbsent}</Button>}
                  {may('missing:decide') && (e.absent || missing.length > 0) && <Button size="small" aria-label={w.decideTitle(e.name)} onClick={() => setDeciding(e)}>{w.decide}</Button>}
                </Flex></td>}
              </tr>
            );
          })}</tbody>
        </table>
      </div>
      <Receive round={full.id} held={full.held} subject={receiving} close={() => setReceiving(null)} done={changed} />
      <Absence round={full.id} subject={absent} close={() => setAbsent(null)} done={changed} />
      <Missing round={full.id} subject={deciding} gaps={deciding ? gaps(deciding.subject) : []} names={names} close={() => setDeciding(null)} done={changed} />
    </>
  );
}

function Decided({ full, names }: { full: Full; names: PartProps['names'] }) {
  const w = useWords(said);
  const moment = useMoment();
  if (full.decisions.length === 0) return null;
  const name = (subject: string) => full.roster.find((e) => e.subject === subject)?.name ?? subject;
  const what = (item: string, channel: string) => item === '' ? w.whole : `${item.startsWith('parts.') ? names.part(item.slice(6)) : names.item(item)}${channel && ` · ${names.channel(channel)}`}`;
  return (
    <div className="scroll">
      <table className="table">
        <caption>{w.decisions}</caption>
        <thead><tr><th scope="col">{w.village}</th><th scope="col">{w.what}</th><th scope="col">{w.decision}</th><th scope="col">{w.reason}</th><th scope="col">{w.decidedAt}</th></tr></thead>
        <tbody>{full.decisions.map((d) => (
          <tr key={`${d.subject} ${d.item} ${d.channel}`}><th scope="row">{name(d.subject)}</th><td>{what(d.item, d.channel)}</td><td>{w.kinds[d.decision]}</td><td>{d.reason}</td><td className="nowrap">{moment(d.decidedAt)}</td></tr>
        ))}</tbody>
      </table>
    </div>
  );
}

import { useEffect, useRef } from 'react';
import { useQuery, useSubscription } from 'urql';
import { useSession } from '@/api/session';
import { Read } from '@/parts/page';
import { useWords } from '@/words/language';
import '@/shell/tables.css';
import { RoundComingDocument, RoundGapsDocument } from './operations';
import { said } from './overview.words';
import type { PartProps } from './round';

/** Marks by panel and item as they come in; without a live connection what still lacks. */
export function Progress({ round, names, again }: PartProps) {
  const w = useWords(said);
  const [{ data, error }] = useSubscription({ query: RoundComingDocument, variables: { round: round.id } });
  const told = data?.roundProgress;
  // The state moved elsewhere: the page is read anew.
  const seen = useRef(round.state);
  useEffect(() => {
    if (told && told.round.state !== seen.current) { seen.current = told.round.state; again(); }
  }, [told, again]);
  useEffect(() => { seen.current = round.state; }, [round.state]);
  if (error && !told) return <Gaps round={round} names={names} again={again} />;
  if (!told || told.entered === null || told.entered === undefined) return <p className="faint">{told ? w.begins : '…'}</p>;
  const all = told.entered + (told.missing ?? 0);
  return (
    <>
      <p>{w.whole} <Bar entered={told.entered} sure={told.confirmed ?? 0} all={all} /> <small className="faint">{w.live}</small></p>
      <div className="scroll">
        <table className="table">
          <thead><tr><th scope="col">{w.panel}</th><th scope="col">{w.item}</th><th scope="col">{w.channel}</th><th scope="col">{w.progress}</th></tr></thead>
          <tbody>{told.cells.map((c) => (
            <tr key={`${c.panel} ${c.item} ${c.channel}`}>
              <td>{c.panelName || w.noPanel}</td><td>{names.item(c.item)}</td><td>{names.channel(c.channel)}</td>
              <td><Bar entered={c.entered} sure={c.confirmed} all={c.entered + c.missing} /></td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </>
  );
}

function Bar({ entered, sure, all }: { entered: number; sure: number; all: number }) {
  const w = useWords(said);
  const part = (n: number) => `${all > 0 ? (n / all) * 100 : 0}%`;
  return (
    <>
      <span className="bar-line" aria-hidden="true"><i style={{ width: part(entered) }} /><i className="sure" style={{ width: part(sure) }} /></span>
      <small>{[w.bar(entered, all), w.sure(sure), ...(all > entered ? [w.missing(all - entered)] : [])].join(' · ')}</small>
    </>
  );
}

function Gaps({ round, names }: PartProps) {
  const w = useWords(said);
  const { may } = useSession();
  const [{ data, error }, reexecute] = useQuery({ query: RoundGapsDocument, variables: { id: round.id }, pause: !may('mark.draft:read'), requestPolicy: 'network-only' });
  const sums = new Map<string, { item: string; channel: string; missing: number }>();
  for (const g of data?.round?.toMark ?? []) {
    const sum = sums.get(`${g.item} ${g.channel}`) ?? { item: g.item, channel: g.channel, missing: 0 };
    sum.missing += g.need - g.have;
    sums.set(`${g.item} ${g.channel}`, sum);
  }
  if (!may('mark.draft:read')) return null;
  return (
    <Read data={data} error={error} again={() => reexecute({ requestPolicy: 'network-only' })}>{() => (
      <>
        <p className="faint">{w.notLive}</p>
        {sums.size === 0 ? <p>{w.none}</p> : <ul className="plain">{[...sums.values()].map((s) => <li key={`${s.item} ${s.channel}`}>{names.item(s.item)} · {names.channel(s.channel)}：{w.missing(s.missing)}</li>)}</ul>}
      </>
    )}</Read>
  );
}

import { Button, Flex, Tag } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { RoundState } from '@/api/schema';
import { useSession } from '@/api/session';
import { Choice, MoreButton } from '@/parts/fields';
import { useMore } from '@/parts/more';
import { Nothing, Page, Read } from '@/parts/page';
import { common } from '@/words/common';
import { useWords } from '@/words/language';
import { states } from '@/words/states';
import { RoundListDocument, type RoundListQuery } from './operations';
import { said } from './words';
import './rounds.css';

type Line = RoundListQuery['rounds']['nodes'][number];

const picked = (data: RoundListQuery) => data.rounds;

interface Group { key: string; name: string; year: string; trial: boolean; rounds: Line[] }

/** Rounds by competition and year, in the order of the list. */
export function grouped(lines: readonly Line[]): Group[] {
  const groups = new Map<string, Group>();
  for (const line of lines) {
    const year = line.period.slice(0, 4);
    const key = `${line.competition.id} ${year}`;
    const group = groups.get(key) ?? { key, name: line.competition.name, year, trial: line.trial, rounds: [] };
    group.rounds.push(line);
    groups.set(key, group);
  }
  return [...groups.values()];
}

export default function RoundList() {
  const w = useWords(said);
  const { may } = useSession();
  const named = useWords(states).round;
  const [state, setState] = useState('');
  const [competition, setCompetition] = useState('');
  const variables = useMemo(() => ({ state: state === '' ? null : state as RoundState }), [state]);
  const list = useMore(RoundListDocument, variables, picked);
  const competitions = [...new Map(list.nodes.map((r) => [r.competition.id, r.competition.name]))];
  const shown = grouped(list.nodes.filter((r) => competition === '' || r.competition.id === competition));
  return (
    <Page title={w.title} about={w.about}>
      <Flex gap="middle" wrap className="no-print">
        <Choice label={w.stateFilter} value={state} onChange={setState} empty={w.allStates} options={Object.entries(named).map(([value, label]) => ({ value, label }))} />
        {competitions.length > 1 && <Choice label={w.competitionFilter} value={competition} onChange={setCompetition} empty={w.allCompetitions} options={competitions.map(([value, label]) => ({ value, label }))} />}
      </Flex>
      <Read data={list.data} error={list.error} again={list.again}>{() => (
        <>
          {shown.length === 0 && (state === '' && competition === ''
            ? <Nothing action={may('round:plan') ? <Link to="/competitions"><Button type="primary">{w.plan}</Button></Link> : undefined}>{w.none}</Nothing>
            : <Nothing>{w.noneAfterFilter}</Nothing>)}
          {shown.map((group) => <RoundGroup key={group.key} group={group} />)}
          <MoreButton list={list} />
        </>
      )}</Read>
    </Page>
  );
}

function RoundGroup({ group }: { group: Group }) {
  const w = useWords(said);
  const c = useWords(common);
  const named = useWords(states).round;
  return (
    <section className="scroll">
      <table className="table">
        <caption><h2 className="round-group">{group.name} · {group.year} {group.trial && <Tag color="orange">{w.trial}</Tag>}</h2></caption>
        <thead><tr><th scope="col">{c.period}</th><th scope="col">{w.held}</th><th scope="col">{c.state}</th><th scope="col">{w.theme}</th></tr></thead>
        <tbody>{group.rounds.map((r) => (
          <tr key={r.id}>
            <th scope="row"><Link to={`/rounds/${r.id}`}>{r.period}</Link></th>
            <td className="nowrap">{r.held}</td>
            <td><span className={`state state-${r.state.toLowerCase()}`}>{named[r.state]}</span></td>
            <td>{r.theme}</td>
          </tr>
        ))}</tbody>
      </table>
    </section>
  );
}

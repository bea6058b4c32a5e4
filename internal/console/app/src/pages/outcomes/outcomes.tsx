import { Button, Flex, Tag } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useAct } from '@/api/act';
import type { OutcomeState } from '@/api/schema';
import { useSession } from '@/api/session';
import { Asking } from '@/parts/asking';
import { Choice, Field, MoreButton } from '@/parts/fields';
import { useMore } from '@/parts/more';
import { Nothing, Page, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { OutcomesConfirmDocument, OutcomesPageDocument, type OutcomesConfirmMutation, type OutcomesPageQuery } from './operations';
import { NextStep } from './step';
import { said } from './words';
import './outcomes.css';

const pick = (d: OutcomesPageQuery) => d.outcomes;
const confirmed = (d: OutcomesConfirmMutation) => d.outcomesConfirm;
const all: readonly OutcomeState[] = ['PROPOSED', 'CONFIRMED', 'DECIDED', 'APPROVED', 'EXECUTED', 'REVERSED'];

// The amount of money is decided by a meeting, not confirmed in a list.
const confirmable = (o: { state: OutcomeState; action: string }) => o.state === 'PROPOSED' && o.action !== 'money';

/** What follows from results: confirmed by people, then carried out. */
export default function Outcomes() {
  const w = useWords(said);
  const { may } = useSession();
  const [params, setParams] = useSearchParams();
  const state = params.get('state');
  const list = useMore(OutcomesPageDocument, { round: params.get('round'), state: state ? state as OutcomeState : null }, pick);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const [due, setDue] = useState('');
  const act = useAct(OutcomesConfirmDocument, confirmed);
  const confirms = may('outcome:confirm');
  const open = list.nodes.filter((o) => confirmable(o));
  const scored = list.nodes.some((o) => o.entries.length > 0);
  const toggle = (id: string, on: boolean) => setChosen((old) => { const now = new Set(old); if (on) now.add(id); else now.delete(id); return now; });
  const submit = async () => {
    const answer = await act.run({ input: { outcomes: [...chosen], ...(due ? { due } : {}) } });
    if (answer) setChosen(new Set());
    list.again(); // refused: perhaps somebody else was faster
    return answer !== null;
  };
  return (
    <Page title={w.title} about={w.about} actions={<><Link to="/tasks">{w.tasks}</Link><Link to="/accounts">{w.accounts}</Link><Link to="/rollups">{w.rollups}</Link></>}>
      <div className="fields no-print"><Choice label={w.state} value={state ?? ''} empty={w.all} options={all.map((s) => ({ value: s, label: w.states[s] }))} onChange={(v) => setParams((p) => { if (v) p.set('state', v); else p.delete('state'); return p; }, { replace: true })} /></div>
      {params.get('round') && <p className="no-print">{w.oneRound} <Link to="/outcomes">{w.allRounds}</Link></p>}
      {confirms && open.length > 0 && <Flex wrap gap="small" className="no-print">
        <Button onClick={() => setChosen(new Set(open.map((o) => o.id)))}>{w.chooseAll}</Button>
        <Button type="primary" disabled={chosen.size === 0} onClick={() => setAsking(true)}>{w.confirm(chosen.size)}</Button>
      </Flex>}
      <Read data={list.data} error={list.error} again={list.again}>{() => list.nodes.length === 0 ? <Nothing>{w.none}</Nothing> : (
        <div className="scroll"><table className="table">
          <thead><tr>{confirms && <td className="no-print" />}<th scope="col">{w.who}</th><th scope="col">{w.what}</th><th scope="col">{w.period}</th>{scored && <th scope="col">{w.points}</th>}<th scope="col">{w.state}</th><th scope="col" className="no-print">{w.next}</th></tr></thead>
          <tbody>{list.nodes.map((o) => (
            <tr key={o.id}>
              {confirms && <td className="no-print">{confirmable(o) && <input type="checkbox" aria-label={w.choose(`${o.name} ${o.actionLabel}`)} checked={chosen.has(o.id)} onChange={(e) => toggle(o.id, e.target.checked)} />}</td>}
              <th scope="row">{o.name}</th>
              <td className="say"><Tag color={o.penalty ? 'volcano' : 'green'}>{o.penalty ? w.penalty : w.reward}</Tag>{o.sentence || `${o.actionLabel}${o.byRoleLabel && `（${o.byRoleLabel}）`}`}{o.amount != null && <div>{w.amount} {o.amount}{o.minutesNumber && `，${o.minutesNumber}`}{o.basis && <>，{w.basis}：{o.basis}</>}</div>}{o.record && <div className="faint">{w.record}：{o.record}</div>}</td>
              <td className="acts">{o.period.split('/').map((m) => <div key={m}>{m}</div>)}</td>{scored && <td className="acts">{o.entries.map((e, i) => <div key={i}>{w.of(e.roleLabel, e.points)}</div>)}</td>}
              <td>{o.state === 'CONFIRMED' && o.action === 'points' ? w.posted : w.states[o.state]}{o.due && <div><small className="faint">{w.due} {o.due}</small></div>}</td><td className="no-print"><NextStep outcome={o} again={list.again} /></td>
            </tr>
          ))}</tbody>
        </table></div>
      )}</Read>
      <MoreButton list={list} />
      <Asking title={w.confirmTitle} open={asking} close={() => setAsking(false)} act={act} submit={submit} button={w.confirm(chosen.size)}>
        <Field label={w.due} hint={w.dueHint}><input className="plain-input" type="date" value={due} onChange={(e) => setDue(e.target.value)} /></Field>
      </Asking>
    </Page>
  );
}

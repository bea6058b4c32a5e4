import { Alert, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useQuery } from 'urql';
import { useSession } from '@/api/session';
import { Nothing, Read } from '@/parts/page';
import { Waiting } from '@/shell/waiting';
import { useWords } from '@/words/language';
import { RoundPanelsDocument, type RoundPanelsQuery } from './operations';
import { said } from './panels.words';
import type { PartProps } from './round';

const Editor = lazy(() => import('./paneleditor'));

/** A review group as read. */
export type PanelNow = NonNullable<RoundPanelsQuery['round']>['panels'][number];

type RecusedNow = NonNullable<RoundPanelsQuery['round']>['recused'][number];

/** The review groups, how the seconded were chosen, and the form to set them. */
export default function Panels({ round, names, again }: PartProps) {
  const w = useWords(said);
  const { may } = useSession();
  const [{ data, error }, reexecute] = useQuery({ query: RoundPanelsDocument, variables: { id: round.id } });
  const [editing, setEditing] = useState(false);
  const [notes, setNotes] = useState<string[] | null>(null);
  const anew = () => reexecute({ requestPolicy: 'network-only' });
  const before = round.state === 'PLANNED' || round.state === 'NOTIFIED';
  const saved = () => { setEditing(false); setNotes([w.saved, ...(round.state === 'NOTIFIED' ? [w.afterNotice] : [])]); anew(); again(); };
  return (
    <>
      <p>{w.about}</p>
      {notes && <Alert role="status" type="info" showIcon title={<ul className="plain">{notes.map((n, i) => <li key={i}>{n}</li>)}</ul>} />}
      <Read data={data?.round?.panels} error={error} again={anew}>{(panels) => (
        editing
          ? <Suspense fallback={<Waiting />}><Editor round={round} names={names} panels={panels} saved={saved} look={() => { anew(); again(); }} leave={() => setEditing(false)} /></Suspense>
          : <>
              {panels.length === 0 ? <Nothing>{w.none}</Nothing> : <div className="cards">{panels.map((p) => <OnePanel key={p.number} panel={p} names={names} recused={data?.round?.recused.filter((r) => r.panel === p.number) ?? []} />)}</div>}
              {may('panel:write') && (before ? <div><Button type="primary" onClick={() => setEditing(true)}>{panels.length === 0 ? w.edit : w.change}</Button></div> : <p className="faint">{w.fixed}</p>)}
            </>
      )}</Read>
    </>
  );
}

function OnePanel({ panel, names, recused }: { panel: PanelNow; names: PartProps['names']; recused: readonly RecusedNow[] }) {
  const w = useWords(said);
  const seed = panel.members.find((m) => m.seed !== '')?.seed;
  const own = new Map<string, string[]>();
  for (const r of recused) own.set(r.person.name ?? r.person.pseudonym, [...own.get(r.person.name ?? r.person.pseudonym) ?? [], r.name]);
  return (
    <section className="card" aria-label={panel.name || w.panel(panel.number)}>
      <p><strong>{panel.name || w.panel(panel.number)}</strong></p>
      <p>
        {w.items}：{panel.items.map(names.item).join('、') || w.all}<br />
        {w.channels}：{panel.channels.map(names.channel).join('、') || w.all}<br />
        {w.units}：{panel.units.map((u) => u.shownName).join('、') || w.all}
      </p>
      <ul className="plain">{panel.members.map((m) => (
        <li key={m.person.id}>{m.person.name ?? m.person.pseudonym} {m.seconded && <span className="band">{w.seconded}{m.chosen && `·${(w.chosen[m.chosen as keyof typeof w.chosen] as string | undefined) ?? m.chosen}`}</span>}{m.observer && <span className="band">{w.observer}</span>}</li>
      ))}</ul>
      {own.size > 0 && <p>{w.recused}：{[...own].map(([who, villages]) => `${who}（${villages.join('、')}）`).join('；')}</p>}
      {seed && <p className="faint">{w.seed(seed)}</p>}
      {panel.warnings.length > 0 && <Alert type="warning" title={<>{w.warnings}<ul className="plain">{panel.warnings.map((x, i) => <li key={i}>{x.message}</li>)}</ul></>} />}
    </section>
  );
}

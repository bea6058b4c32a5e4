import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { useMe } from '@/api/session';
import { Choice } from '@/parts/fields';
import { Nothing, Page, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { Asked, openFor } from './asked';
import { VillageHomeDocument, VillageResultDocument, type VillageHomeQuery } from './operations';
import { Result } from './result';
import { said } from './words';
import './village.css';

/** A village's own page: its result, why, and what is asked of it. */
export default function Village() {
  const w = useWords(said);
  const { today } = useMe();
  const span = useMemo(() => ({ from: shifted(today, -180), to: shifted(today, 180) }), [today]);
  const [{ data, error }, again] = useQuery({ query: VillageHomeDocument, variables: span });
  const fresh = () => again({ requestPolicy: 'network-only' });
  return (
    <Page title={w.title}>
      <Read data={data} error={error} again={fresh}>{(home) => <Own home={home} fresh={fresh} />}</Read>
    </Page>
  );
}

/** A date so many days on. */
function shifted(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function Own({ home, fresh }: { home: VillageHomeQuery; fresh: () => void }) {
  const w = useWords(said);
  const [search, setSearch] = useSearchParams();
  const villages = [...new Map(home.viewer.roles.flatMap((r) => r.unit.code && (r.unit.level === 'VILLAGE' || r.unit.level === 'GROUP') ? [[r.unit.code, r.unit] as const] : [])).values()];
  const rounds = [...home.provisional.nodes, ...home.published.nodes];
  const village = villages.find((v) => v.code === search.get('village')) ?? villages[0];
  const round = rounds.find((r) => r.id === search.get('round')) ?? rounds[0];
  const [{ data, error }, again] = useQuery({
    query: VillageResultDocument, pause: !village || !round,
    variables: { round: round?.id ?? '', unitCode: village?.code ?? '', competition: round?.competition.id ?? '' },
  });
  const choose = (key: string, value: string) => setSearch((s) => { s.set(key, value); return s; }, { replace: true });
  if (!village) return <Nothing>{w.noVillage}</Nothing>;
  const reread = () => again({ requestPolicy: 'network-only' });
  const options = rounds.map((r) => ({ value: r.id, label: `${r.competition.name} ${r.period}（${r.state === 'PROVISIONAL' ? w.provisional('') : w.published}）` }));
  const waiting = openFor(home, village.code ?? '');
  const todo = waiting.issues.length + waiting.requests.length + home.tasks.nodes.length;
  return (
    <>
      <div className="fields village-choice no-print">
        {villages.length > 1 && <Choice label={w.village} value={village.code ?? ''} options={villages.map((v) => ({ value: v.code ?? '', label: v.shownName }))} onChange={(v) => choose('village', v)} />}
        {rounds.length > 1 && round && <Choice label={w.round} value={round.id} options={options} onChange={(v) => choose('round', v)} />}
      </div>
      {todo > 0 && <p className="village-todo no-print"><a href="#asked">{w.todo(todo)}</a></p>}
      {!round && <Nothing>{w.none}</Nothing>}
      {round && <Read data={data} error={error} again={reread}>{(result) => <Result key={round.id} result={result} village={village.shownName} unitCode={village.code ?? ''} again={reread} />}</Read>}
      <Asked home={home} result={data} unitCode={village.code ?? ''} fresh={fresh} />
    </>
  );
}

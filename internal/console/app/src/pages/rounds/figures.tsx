import { useQuery } from 'urql';
import { useSession } from '@/api/session';
import { Nothing, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import '@/shell/tables.css';
import { ExamEntry } from './examentry';
import { FigureEntry } from './figureentry';
import { FigureReview } from './figurereview';
import { said } from './figures.words';
import { RoundFiguresDocument, type RoundFiguresQuery } from './operations';
import type { PartProps } from './round';

/** The round with what is entered beside its marks. */
export type Figures = NonNullable<RoundFiguresQuery['round']>;
/** A figure as read. */
export type FigureNow = Figures['figures'][number];
/** A figure the round takes, and of whom. */
export type Need = Figures['figuresNeeded'][number];

/** What a figure is called: its kind and the items or the part it is for. */
export function useNeedName(): (need: { kind: Need['kind']; key: string; names?: string[] }) => string {
  const w = useWords(said);
  return (n) => w.of(w.kinds[n.kind], n.kind === 'METRIC' ? [...n.names ?? [], n.key].join(' · ') : n.names?.join('、') || n.key);
}

/** Metrics, results of tests and parts of totals: entered by one person, confirmed by another. */
export default function FiguresPart({ round, again }: PartProps) {
  const w = useWords(said);
  const { may } = useSession();
  const [{ data, error }, reexecute] = useQuery({ query: RoundFiguresDocument, variables: { id: round.id } });
  const anew = () => { reexecute({ requestPolicy: 'network-only' }); again(); };
  const named = useNeedName();
  return (
    <>
      <p>{w.about}</p>
      <Read data={data?.round ?? undefined} error={error} again={anew}>{(full) => {
        if (full.roster.length === 0) return <Nothing>{w.notOpen}</Nothing>;
        if (full.figuresNeeded.length === 0 && full.figures.length === 0) return <Nothing>{w.none}</Nothing>;
        return (
          <>
            {full.state !== 'OPEN' && <p role="status">{w.over}</p>}
            {full.state === 'OPEN' && may('figure:write') && full.figuresNeeded.map((n) => (
              <section key={`${n.kind} ${n.key}`} className="card" aria-label={named(n)}>
                <h2 className="round-group">{named(n)} <small className="faint">{w.lacking(n.lacking.length)}</small></h2>
                {n.kind === 'EXAM' ? <ExamEntry full={full} need={n} again={anew} /> : <FigureEntry full={full} need={n} again={anew} />}
              </section>
            ))}
            <FigureReview full={full} again={anew} />
          </>
        );
      }}</Read>
    </>
  );
}

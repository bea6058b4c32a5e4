import { useWords } from '@/words/language';
import type { VillageResultQuery } from './operations';
import { said } from './words';

type Fact = VillageResultQuery['trend']['nodes'][number];

export interface Past { round: string; period: string; rank: number | null; shown: string }

/** One line a round of the village itself, the oldest first. */
export function pastOf(facts: readonly Fact[], unitCode: string): Past[] {
  const rounds = new Map<string, Past & { held: string }>();
  for (const f of facts) {
    if (f.subjectCode !== unitCode) continue;
    const past = rounds.get(f.roundId) ?? { round: f.roundId, period: f.period, held: f.held, rank: null, shown: '' };
    if (f.measure === 'RANK') past.rank = Number(f.valueText);
    if (f.measure === 'TOTAL') past.shown = f.valueText;
    rounds.set(f.roundId, past);
  }
  return [...rounds.values()].sort((a, b) => a.held.localeCompare(b.held)).map(({ round, period, rank, shown }) => ({ round, period, rank, shown }));
}

const wide = 360;
const high = 150;
const edge = 26;

/** The ranks so far, drawn and as a table. */
export function Trend({ facts, unitCode, now }: { facts: readonly Fact[]; unitCode: string; now: string }) {
  const w = useWords(said);
  const past = pastOf(facts, unitCode);
  if (past.length < 2) return null;
  const held = past.flatMap((p) => p.rank ?? []);
  const best = Math.max(1, Math.min(...held) - 1);
  const worst = Math.max(best + 2, ...held);
  const x = (i: number) => edge + (i * (wide - 2 * edge)) / (past.length - 1);
  const y = (rank: number) => edge + ((rank - best) * (high - 2 * edge)) / (worst - best);
  const points = past.flatMap((p, i) => p.rank ? [{ ...p, at: i, rank: p.rank }] : []);
  return (
    <section className="card vill">
      <h2>{w.trend}</h2>
      <svg className="trend" viewBox={`0 0 ${wide} ${high}`} aria-hidden="true">
        <polyline points={points.map((p) => `${x(p.at)},${y(p.rank)}`).join(' ')} />
        {points.map((p) => (
          <g key={p.round} className={p.round === now ? 'now' : ''}>
            <circle cx={x(p.at)} cy={y(p.rank)} r="5" />
            <text x={x(p.at)} y={y(p.rank) - 10} textAnchor="middle">{p.rank}</text>
            <text x={x(p.at)} y={high - 4} textAnchor="middle" className="period">{p.period.slice(2)}</text>
          </g>
        ))}
      </svg>
      <p className="faint">{w.trendAbout}</p>
      <details>
        <summary>{w.trendTable}</summary>
        <div className="scroll" tabIndex={0} role="region" aria-label={w.trendTable}>
          <table className="table">
            <thead><tr><th scope="col">{w.round}</th><th scope="col" className="number">{w.total}</th><th scope="col" className="number">{w.rank}</th></tr></thead>
            <tbody>{[...past].reverse().map((p) => <tr key={p.round}><th scope="row">{p.period}</th><td className="number">{p.shown || '–'}</td><td className="number">{p.rank ?? w.unranked}</td></tr>)}</tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

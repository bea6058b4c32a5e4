import type { Names } from '@/parts/names';
import { useWords } from '@/words/language';
import type { VillageResultQuery } from './operations';
import { said } from './words';

type Explain = NonNullable<VillageResultQuery['explain']>;

/** How long a bar is drawn, 0 to 100, against the longest of them. For drawing only. */
export function lengths(values: readonly string[]): number[] {
  const sizes = values.map((v) => Math.abs(Number(v)) || 0);
  const most = Math.max(...sizes, 0);
  return sizes.map((s) => most === 0 ? 0 : (s / most) * 100);
}

const sign = (v: string) => Math.sign(Number(v));
const bare = (v: string) => v.replace(/^-/, '');

/** Why this rank: the sentences of the service, what was lost item by item, and the arithmetic. */
export function Why({ explain, names }: { explain: Explain; names: Names }) {
  const w = useWords(said);
  const bars = lengths(explain.lost.flatMap((l) => [l.toBest, l.toNext]));
  const gap = (v: string) => sign(v) > 0 ? w.behind(v) : sign(v) < 0 ? w.ahead(bare(v)) : w.even;
  return (
    <section className="card vill why">
      <h2>{w.why}</h2>
      <p className="sentence">{explain.sentence}</p>
      {explain.toNextRank && <p>{w.lift(explain.toNextRank)}</p>}
      {explain.lost.length > 0 && (
        <figure>
          <figcaption>{w.lostIn}</figcaption>
          <ul className="bars">
            {explain.lost.map((l, i) => (
              <li key={l.item}>
                <strong>{l.label}</strong>
                <Bar label={w.toBest} tone="best" part={bars[2 * i] ?? 0} text={gap(l.toBest)} />
                <Bar label={w.toNext} tone={sign(l.toNext) < 0 ? 'lead' : 'next'} part={bars[2 * i + 1] ?? 0} text={gap(l.toNext)} />
              </li>
            ))}
          </ul>
        </figure>
      )}
      {explain.tiePolicy && <p className="faint">{w.tie}：{explain.tiePolicy}</p>}
      <details>
        <summary>{w.how}</summary>
        <div className="scroll" tabIndex={0} role="region" aria-label={w.how}>
          <table className="table">
            <thead><tr><th scope="col">{w.item}</th><th scope="col">{w.formula}</th><th scope="col" className="number">{w.points}</th></tr></thead>
            <tbody>
              {explain.lines.map((line, i) => (
                <tr key={i}>
                  <th scope="row">{line.label}</th>
                  <td>{line.formula}{line.channels.map((c) => <small key={c.channel} className="faint channel">{names.channel(c.channel)} {c.value}（{c.weight}%）{c.marks.length > 0 && ` ${w.marks(c.marks.join('、'))}`}</small>)}</td>
                  <td className="number">{line.points}</td>
                </tr>
              ))}
              {explain.total && <tr><th scope="row">{w.sum}</th><td /><td className="number"><strong>{explain.row.shown || explain.total}</strong></td></tr>}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

function Bar({ label, tone, part, text }: { label: string; tone: 'best' | 'next' | 'lead'; part: number; text: string }) {
  return (
    <div className="bar-line">
      <span className="bar-name">{label}</span>
      <svg className={`bar-drawn ${tone}`} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect className="bar-ground" width="100" height="10" /><rect className="bar-part" width={part} height="10" /></svg>
      <span className="bar-text">{text}</span>
    </div>
  );
}

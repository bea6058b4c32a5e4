import { useLanguage, useWords } from '@/words/language';
import { namesOf } from '@/parts/names';
import { Nothing } from '@/parts/page';
import { Objections } from './objection';
import type { VillageResultQuery } from './operations';
import { Trend } from './trend';
import { Why } from './why';
import { said } from './words';

/** The village's result of one round. */
export function Result({ result, village, unitCode, again }: { result: VillageResultQuery; village: string; unitCode: string; again: () => void }) {
  const w = useWords(said);
  const { language } = useLanguage();
  const { round, explain } = result;
  if (!round || !explain) return <Nothing>{w.none}</Nothing>;
  const names = namesOf(round.template.export, language, round.rubric);
  const { row } = explain;
  const range = row.rankRange;
  return (
    <>
      <section className="card standing" aria-label={w.rank}>
        <div>
          <h2>{village} <span>· {round.period}</span></h2>
          <p className="faint">{round.competition.name} · {explain.provisional ? w.provisional(round.objectionsUntil ?? '') : w.published}</p>
        </div>
        <p className="standing-rank">{row.rank ? w.ofRank(row.rank) : w.unranked}</p>
        <dl>
          <div><dt>{w.total}</dt><dd>{row.shown || '–'}</dd></div>
          {row.change !== null && row.change !== undefined && <div><dt>{w.changed}</dt><dd>{w.change(row.change)}</dd></div>}
          {row.track && row.trackRank ? <div><dt>{w.trackName}</dt><dd>{w.track(row.track, row.trackRank)}</dd></div> : null}
        </dl>
        <p>
          {row.bands.map((b) => <span key={b} className="badge">{names.band(b)}</span>)} {row.light && <span className="badge">{names.light(row.light)}</span>}
        </p>
        {row.rank ? <p className="faint">{range?.length === 2 ? w.range(range[0] ?? 0, range[1] ?? 0) : w.noRange}</p> : null}
      </section>
      <Why explain={explain} names={names} />
      <Trend facts={result.trend.nodes} unitCode={unitCode} now={round.id} />
      <Objections round={round} explain={explain} names={names} unitCode={unitCode} objections={result.objections} again={again} />
      <section className="card vill">
        <h2>{w.papers}</h2>
        <ul className="plain">
          {round.publications.map((p) => <li key={p.id}><a href={`/documents/bulletin/${p.id}`} target="_blank" rel="noreferrer">{w.bulletin}（{w.revision(p.revision)}）</a></li>)}
          <li><a href={`/documents/items/${round.id}`} target="_blank" rel="noreferrer">{w.items}</a></li>
        </ul>
      </section>
    </>
  );
}

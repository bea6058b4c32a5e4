import { Button } from 'antd';
import { useMe } from '@/api/session';
import { Nothing, Page } from '@/parts/page';
import { tourTo } from '@/parts/touring';
import { useWords } from '@/words/language';
import { toursFor } from './tours';
import { said } from './words';
import './tour.css';

/** Help: tours through the real pages, and what everybody asks. */
export default function Tours() {
  const w = useWords(said);
  const open = toursFor(useMe());
  return (
    <Page title={w.title} about={w.about}>
      {open.length === 0 && <Nothing>{w.none}</Nothing>}
      <div className="cards">{open.map((t) => (
        <section key={t.key} className="card" aria-labelledby={`tour-${t.key}`}>
          <h2 id={`tour-${t.key}`} className="tour-name">{w.tours[t.key].name}</h2>
          <p>{w.tours[t.key].about}</p>
          <ol className="plain">{t.stops.map((s) => <li key={s.key}>{w.tours[t.key].stops[s.key]?.title}</li>)}</ol>
          <p><Button type="primary" aria-label={w.startOf(w.tours[t.key].name)} onClick={() => tourTo({ tour: t.key, step: 0 })}>{w.start}</Button></p>
        </section>
      ))}</div>
      <div className="cards">
        <Lines title={w.refused} lines={w.refusedLines} />
        <Lines title={w.keys} lines={w.keyLines} />
      </div>
    </Page>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  return <section className="card"><h2 className="tour-name">{title}</h2><ul className="plain">{lines.map((l) => <li key={l}>{l}</li>)}</ul></section>;
}

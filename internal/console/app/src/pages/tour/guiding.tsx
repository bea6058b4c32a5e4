import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { tourTo, type Touring } from '@/parts/touring';
import { useWords } from '@/words/language';
import { tours, type Stop, type TourKey } from './tours';
import { placed, useSpot, useWay } from './walk';
import { said } from './words';
import './tour.css';

/** The note of the tour that is under way, beside what it speaks of. */
export default function Guiding({ touring }: { touring: Touring }) {
  const tour = tours.find((t) => t.key === touring.tour);
  const stop = tour?.stops[touring.step];
  if (!tour || !stop) return null;
  return <Standing tour={tour.key} stop={stop} before={tour.stops[touring.step - 1]} step={touring.step} all={tour.stops.length} />;
}

function Standing({ tour, stop, before, step, all }: { tour: TourKey; stop: Stop; before: Stop | undefined; step: number; all: number }) {
  const w = useWords(said);
  const { away, back } = useWay(stop, before, step);
  const { spot, waited } = useSpot(stop.beside);
  const note = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 352, height: 220 });
  const ready = spot !== null || waited;
  useEffect(() => {
    if (!ready) return;
    note.current?.focus({ preventScroll: true });
    if (note.current) setSize({ width: note.current.offsetWidth, height: note.current.offsetHeight });
  }, [ready, stop]);
  useEffect(() => {
    const leave = (e: KeyboardEvent) => { if (e.key === 'Escape') tourTo(null); };
    document.addEventListener('keydown', leave);
    return () => document.removeEventListener('keydown', leave);
  }, []);
  const words = w.tours[tour].stops[stop.key];
  const where = spot && innerWidth > 768 ? placed(spot, size, { width: innerWidth, height: innerHeight }) : undefined;
  return (
    <>
      {spot && !away && <div className="tour-ring no-print" aria-hidden="true" style={{ left: spot.left - 4, top: spot.top - 4, width: spot.width + 8, height: spot.height + 8 }} />}
      <div ref={note} className={where ? 'tour-note placed no-print' : 'tour-note no-print'} role="dialog" aria-labelledby="tour-title" aria-describedby="tour-text" tabIndex={-1} style={where} data-beside={spot ? 'found' : 'none'}>
        <p className="faint tour-at">{w.at(step + 1, all)}</p>
        <h2 id="tour-title">{words?.title}</h2>
        <p id="tour-text">{words?.text}</p>
        {away && <p>{w.away} <button type="button" className="plain-button" onClick={back}>{w.returnTo}</button></p>}
        {!away && !spot && waited && <p className="faint">{w.empty}</p>}
        <div className="tour-acts">
          <Button type="text" onClick={() => tourTo(null)}>{w.leave}</Button>
          {step > 0 && <Button onClick={() => tourTo({ tour, step: step - 1 })}>{w.before}</Button>}
          <Button type="primary" onClick={() => tourTo(step + 1 < all ? { tour, step: step + 1 } : null)}>{step + 1 < all ? w.next : w.finish}</Button>
        </div>
      </div>
    </>
  );
}

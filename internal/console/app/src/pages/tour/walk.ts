import { useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { Stop } from './tours';

/** How long a page may take until what the note stands beside is there. */
const patience = 5000;
const look = 150;

const samePlace = (a: Stop | undefined, b: Stop) => a !== undefined && JSON.stringify(a.at) === JSON.stringify(b.at);

/** Goes to the page of a stop; says whether the person has left it since, and takes them back. */
export function useWay(stop: Stop, before: Stop | undefined, step: number): { away: boolean; back: () => void } {
  const navigate = useNavigate();
  const here = useLocation().pathname;
  const places = useRef<Record<number, string>>({});
  const [reached, setReached] = useState(-1);
  const from = useRef(here);
  from.current = here;
  useEffect(() => {
    let over = false;
    const go = (to: string) => {
      places.current[step] = to;
      if (from.current !== to) void navigate(to);
      else setReached(step);
    };
    const known = places.current[step] ?? (samePlace(before, stop) ? places.current[step - 1] : undefined) ?? (typeof stop.at === 'string' ? stop.at : undefined);
    if (known !== undefined) {
      go(known);
      return;
    }
    const { follow, parts, otherwise } = stop.at as Exclude<Stop['at'], string>;
    const started = performance.now();
    const tick = () => {
      const link = document.querySelector<HTMLAnchorElement>(follow);
      if (over) return;
      if (link) go(new URL(link.href).pathname.split('/').slice(2, 2 + parts).reduce((path, part) => `${path}/${part}`, ''));
      else if (performance.now() - started > patience) go(otherwise);
      else setTimeout(tick, look);
    };
    tick();
    return () => { over = true; };
  }, [stop, before, step, navigate]);
  const place = places.current[step];
  useEffect(() => { if (place === here) setReached(step); }, [place, here, step]);
  return { away: reached === step && place !== undefined && place !== here, back: () => { if (place) void navigate(place); } };
}

/** Where on the screen something is; null while, or because, it is not there. */
export function useSpot(beside: string): { spot: DOMRect | null; waited: boolean } {
  const here = useLocation().pathname;
  const [now, setNow] = useState<{ spot: DOMRect | null; waited: boolean }>({ spot: null, waited: false });
  useEffect(() => {
    const started = performance.now();
    let shown: Element | null = null;
    const measure = () => {
      const found = visible(beside);
      if (found && found !== shown) {
        shown = found;
        found.scrollIntoView({ block: 'nearest' });
      }
      const spot = found?.getBoundingClientRect() ?? null;
      const waited = performance.now() - started > patience;
      setNow((old) => (old.waited === waited && JSON.stringify(old.spot) === JSON.stringify(spot) ? old : { spot, waited }));
    };
    setNow({ spot: null, waited: false });
    const timer = setInterval(measure, look);
    addEventListener('scroll', measure, { passive: true });
    addEventListener('resize', measure);
    return () => {
      clearInterval(timer);
      removeEventListener('scroll', measure);
      removeEventListener('resize', measure);
    };
  }, [beside, here]);
  return now;
}

// The first of the named things, in the order they are named, that is on the page.
function visible(beside: string): Element | null {
  for (const one of beside.split(', ')) {
    const found = [...document.querySelectorAll(one)].find((e) => e.getClientRects().length > 0);
    if (found) return found;
  }
  return null;
}

/** Where the note stands on a wide screen: below, above, or at the foot. */
export function placed(spot: Pick<DOMRect, 'left' | 'top' | 'bottom'>, note: { width: number; height: number }, screen: { width: number; height: number }): { left: number; top: number } {
  const left = Math.max(16, Math.min(spot.left, screen.width - note.width - 16));
  if (spot.bottom + 12 + note.height < screen.height) return { left, top: spot.bottom + 12 };
  if (spot.top - 12 - note.height > 56) return { left, top: spot.top - 12 - note.height };
  return { left: screen.width - note.width - 16, top: screen.height - note.height - 16 };
}

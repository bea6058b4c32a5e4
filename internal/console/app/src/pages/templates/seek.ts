import { useEffect, useState } from 'react';
import { inside } from './places';

/** A place that somebody wants to see; each wish is an object of its own. */
export interface Seek { field: string }

/**
 * useSeek brings a place of the document before the eyes once its page of the
 * editor is drawn: the control, or the nearest thing around it.
 */
export function useSeek(part: string): [Seek | null, (field: string) => void] {
  const [seek, setSeek] = useState<Seek | null>(null);
  useEffect(() => {
    if (!seek) return;
    let best: HTMLElement | null = null;
    for (const one of document.querySelectorAll<HTMLElement>('.bench-main [data-place]')) {
      const place = one.dataset.place ?? '';
      if (inside(seek.field, place) && place.length >= (best?.dataset.place ?? '').length) best = one;
    }
    if (!best) return;
    best.scrollIntoView({ block: 'center' });
    const control = best.querySelector<HTMLElement>('input:not([disabled]), select:not([disabled]), textarea:not([disabled]), button:not([disabled])');
    control?.focus({ preventScroll: true });
  }, [seek, part]);
  return [seek, (field) => setSeek({ field })];
}

/** Something folded away that opens by its button, and when what is looked for is inside. */
export function useFold(seek: Seek | null, within: boolean, begin: boolean): [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(begin || within);
  const [seen, setSeen] = useState(seek);
  if (seek !== seen) {
    setSeen(seek);
    if (within) setOpen(true);
  }
  return [open, setOpen];
}

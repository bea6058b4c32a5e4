import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { put, type Doc, type Path, type Value } from './document';
import { forget, keep, readKept } from './keep';
import { same } from './merge';

/** The document under edit, what of it is stored, and what was kept from last time. */
export interface Work {
  doc: Doc;
  /** What was stored when the work began. */
  base: Doc;
  /** The revision the work was made on. */
  revision: number;
  dirty: boolean;
  restored: boolean;
  set: (path: Path, value: Value | undefined) => void;
  replace: (doc: Doc) => void;
  /** The document as it is was stored, as this revision. */
  stored: (doc: Doc, revision: number) => void;
  /** The work goes on from another stored state. */
  rebase: (base: Doc, revision: number, doc: Doc) => void;
  /** What was not saved is dropped. */
  drop: () => void;
}

export function useDocument(user: string, of: string, saved: Doc, savedRevision: number, frozen: boolean): Work {
  const [kept] = useState(() => (frozen ? null : readKept(user, of)));
  const lost = kept !== null && !same(kept.doc, saved);
  const [base, setBase] = useState<Doc>(lost ? kept.base ?? saved : saved);
  const [doc, setDoc] = useState<Doc>(lost ? kept.doc : saved);
  const [revision, setRevision] = useState(lost ? kept.revision : savedRevision);
  const [restored, setRestored] = useState(lost);
  const dirty = !same(doc, base);
  // What has to be kept when the page goes away at once: closed, or left because the session is over.
  const latest = useRef({ doc, base, revision, dirty: false });
  useLayoutEffect(() => { latest.current = { doc, base, revision, dirty: dirty && !frozen }; }, [doc, base, revision, dirty, frozen]);
  useEffect(() => {
    const now = () => {
      const { dirty: has, ...work } = latest.current;
      if (has) keep(user, of, work);
    };
    window.addEventListener('pagehide', now);
    return () => { window.removeEventListener('pagehide', now); now(); };
  }, [user, of]);
  useEffect(() => {
    if (frozen) return;
    const timer = setTimeout(() => { if (dirty) keep(user, of, { doc, base, revision }); else forget(user, of); }, 300);
    return () => clearTimeout(timer);
  }, [doc, base, revision, dirty, user, of, frozen]);
  const settle = () => { latest.current = { ...latest.current, dirty: false }; forget(user, of); setRestored(false); };
  return {
    doc, base, revision, dirty, restored,
    set: (path, value) => setDoc((d) => put(d, path, value)),
    replace: (next) => setDoc(next),
    stored: (as, n) => { settle(); setBase(as); setRevision(n); },
    rebase: (next, n, mine) => { setBase(next); setRevision(n); setDoc(mine); },
    drop: () => { settle(); setBase(saved); setDoc(saved); setRevision(savedRevision); },
  };
}

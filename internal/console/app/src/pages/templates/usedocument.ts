import { useEffect, useRef, useState } from 'react';
import { put, written, type Doc, type Path, type Value } from './document';
import { forget, keep, readKept } from './keep';

/** The document under edit, what of it is stored, and what was kept from last time. */
export interface Work {
  doc: Doc;
  /** The revision the work was made on. */
  revision: number;
  dirty: boolean;
  restored: boolean;
  set: (path: Path, value: Value | undefined) => void;
  replace: (doc: Doc) => void;
  /** The document as it is was stored, as this revision. */
  stored: (doc: Doc, revision: number) => void;
  /** What was not saved is dropped. */
  drop: () => void;
}

export function useDocument(user: string, of: string, saved: Doc, savedRevision: number, frozen: boolean): Work {
  const [base, setBase] = useState({ text: written(saved), revision: savedRevision });
  const [kept] = useState(() => (frozen ? null : readKept(user, of)));
  const lost = kept !== null && written(kept.doc) !== base.text;
  const [doc, setDoc] = useState<Doc>(() => (lost ? kept.doc : saved));
  const [revision, setRevision] = useState(lost ? kept.revision : savedRevision);
  const [restored, setRestored] = useState(lost);
  const dirty = written(doc) !== base.text;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (frozen) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => { if (dirty) keep(user, of, { doc, revision }); else forget(user, of); }, 300);
    return () => clearTimeout(timer.current);
  }, [doc, revision, dirty, user, of, frozen]);
  useEffect(() => {
    if (!dirty) return;
    const now = () => keep(user, of, { doc, revision });
    window.addEventListener('pagehide', now);
    return () => window.removeEventListener('pagehide', now);
  }, [dirty, doc, revision, user, of]);
  return {
    doc, revision, dirty, restored,
    set: (path, value) => setDoc((d) => put(d, path, value)),
    replace: (next) => setDoc(next),
    stored: (as, n) => { clearTimeout(timer.current); forget(user, of); setBase({ text: written(as), revision: n }); setRevision(n); setRestored(false); },
    drop: () => { clearTimeout(timer.current); forget(user, of); setDoc(saved); setRevision(savedRevision); setRestored(false); },
  };
}

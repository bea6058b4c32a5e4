import { useState } from 'react';
import { useWords } from '@/words/language';
import { said } from './highlights.words';
import './heat.css';

interface Piece { url: string; small: string | null | undefined; name: string }

/** Pictures and papers of a highlight, small; each opens in full. */
export function Pictures({ of, all }: { of: string; all: readonly Piece[] }) {
  const w = useWords(said);
  if (all.length === 0) return null;
  return <ul className="highlight-pictures" aria-label={w.pictures}>{all.map((p, n) => <li key={p.url}><a href={p.url} target="_blank" rel="noreferrer"><Small piece={p} name={p.name || w.piece(of, n + 1)} /></a></li>)}</ul>;
}

// What is no picture, or cannot be had, goes by its name.
function Small({ piece, name }: { piece: Piece; name: string }) {
  const [gone, setGone] = useState(false);
  if (!piece.small || gone) return <span>{name}</span>;
  return <img src={piece.small} alt={name} loading="lazy" width="96" height="72" onError={() => setGone(true)} />;
}

import { Button, Flex, Input } from 'antd';
import { useState } from 'react';
import { Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { said } from './arena.words';
import type { Speaker } from './arena';

/** Who speaks after whom. */
export function ArenaOrder({ speakers, at, go, reorder, seed, draw }: {
  speakers: Speaker[]; at: number; go: (at: number) => void; reorder: (ids: string[]) => void; seed: string; draw: (seed: string) => void;
}) {
  const w = useWords(said);
  const [typed, setTyped] = useState(seed);
  const ids = speakers.map((s) => s.subject);
  const swap = (i: number, j: number) => {
    const next = [...ids];
    [next[i], next[j]] = [ids[j] ?? '', ids[i] ?? ''];
    reorder(next);
  };
  return (
    <section className="card" aria-labelledby="order">
      <h2 id="order">{w.order}</h2>
      <ol className="arena-list">{speakers.map((s, i) => (
        <li key={s.subject} aria-current={i === at ? 'true' : undefined}>
          <button type="button" className="plain-button" aria-label={w.go(s.name)} onClick={() => go(i)}>{i + 1}. {s.name}</button>
          <span>
            <Button size="small" type="text" disabled={i === 0} aria-label={w.up(s.name)} onClick={() => swap(i, i - 1)}>↑</Button>
            <Button size="small" type="text" disabled={i === speakers.length - 1} aria-label={w.down(s.name)} onClick={() => swap(i, i + 1)}>↓</Button>
          </span>
        </li>
      ))}</ol>
      {seed !== '' && <p role="status">{w.drawnBy(seed)}</p>}
      <form className="arena-draw" onSubmit={(e) => { e.preventDefault(); draw(typed.trim()); }}>
        <Field label={w.seed} hint={w.seedHint}><Input required maxLength={200} value={typed} onChange={(e) => setTyped(e.target.value)} /></Field>
        <Flex gap="small" wrap><Button htmlType="submit" disabled={typed.trim() === ''}>{w.draw}</Button><Button onClick={() => { setTyped(''); draw(''); }}>{w.again}</Button></Flex>
      </form>
      <small className="faint">{w.drawAbout}</small>
    </section>
  );
}

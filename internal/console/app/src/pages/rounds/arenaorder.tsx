import { Button, Flex } from 'antd';
import { useWords } from '@/words/language';
import { said } from './arena.words';
import type { Speaker } from './arena';

/** The ids in a random order. */
function shuffled(ids: string[]): string[] {
  const key = new Map(ids.map((id) => [id, crypto.getRandomValues(new Uint32Array(1))[0] ?? 0]));
  return [...ids].sort((a, b) => (key.get(a) ?? 0) - (key.get(b) ?? 0));
}

/** Who speaks after whom. */
export function ArenaOrder({ speakers, at, go, reorder }: { speakers: Speaker[]; at: number; go: (at: number) => void; reorder: (ids: string[]) => void }) {
  const w = useWords(said);
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
      <Flex gap="small" wrap><Button onClick={() => reorder(shuffled(ids))}>{w.shuffle}</Button><Button onClick={() => reorder([])}>{w.again}</Button></Flex>
      <small className="faint">{w.orderAbout}</small>
    </section>
  );
}

import { useCallback, useEffect, useState } from 'react';
import { rest } from '@/api/rest';
import { Choice } from '@/parts/fields';
import { useWords } from '@/words/language';
import { said } from './apply.words';

interface Unit { code: string; name: string; level: string; below: boolean }

/** All units below one, page after page. */
async function below(under: string): Promise<Unit[]> {
  const all: Unit[] = [];
  for (let after = ''; ;) {
    const page: { units: Unit[]; next?: string } = await rest('GET', `/signup/units?under=${under}&after=${after}`);
    all.push(...page.units);
    if (!page.next) return all;
    after = page.next;
  }
}

/** The own unit, found in the division table from the province down. */
export function PickUnit({ chosen, choose, lost }: { chosen: string; choose: (code: string) => void; lost: () => void }) {
  const w = useWords(said);
  const [lists, setLists] = useState<Unit[][]>([]);
  // Codes of 2, 4, 6 and 9 digits: what is chosen on a list begins what is chosen on the next.
  const picked = (list: readonly Unit[]) => list.find((u) => chosen.startsWith(u.code))?.code ?? '';
  // Where there is one to choose, it is chosen: most services know one province and one prefecture.
  const grow = useCallback(async (kept: Unit[][], under: string): Promise<void> => {
    const more = await below(under);
    const only = more.length === 1 && more[0]?.below ? more[0] : undefined;
    if (only) choose(only.code);
    setLists(more.length > 0 ? [...kept, more] : kept);
    if (only) await grow([...kept, more], only.code);
  }, [choose]);
  useEffect(() => { grow([], '').catch(lost); }, [grow, lost]);
  const take = (depth: number, unit: Unit | undefined) => {
    choose(unit?.code ?? '');
    const kept = lists.slice(0, depth + 1);
    setLists(kept);
    if (unit?.below) grow(kept, unit.code).catch(lost);
  };
  return lists.map((list, depth) => (
    <Choice key={depth} label={(w.unit as Record<string, string>)[list[0]?.level ?? ''] ?? list[0]?.level ?? ''} required={depth === 0} value={picked(list)} empty={w.pick}
      options={list.map((u) => ({ value: u.code, label: u.name }))} onChange={(code) => take(depth, list.find((u) => u.code === code))} />
  ));
}

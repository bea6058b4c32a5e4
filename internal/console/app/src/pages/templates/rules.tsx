import { Button, Flex } from 'antd';
import { useWords } from '@/words/language';
import { rowsOf, textOf, type Doc, type Value } from './document';
import { isFrozen, useEditing } from './editing';
import { said } from './words';

type Row = Record<string, Value>;

/** A rule that many notices have: the bands and runs it rests on, and what follows. */
interface Rule { bands?: Row[]; streaks?: Row[]; outcomes: Row[] }

const top: Row = { key: 'top', name: '前三名', best: 3, ties: 'inclusive', small: 'half' };
const bottom: Row = { key: 'bottom', name: '后三名', worst: 3, ties: 'exclusive', small: 'half' };
const twice: Row = { key: 'bottom-twice', name: '连续两次后三名', band: 'bottom', length: 2, after: 'continue', over: 'held-rounds', person: 'linked-throughout', bound: 'none' };
const whom = ['linked-leader', 'resident-cadre', 'village'];

export const rules: Record<'top' | 'bottom' | 'twice' | 'improved', Rule> = {
  top: { bands: [top], outcomes: [{ when: 'top', do: 'points', by: 'rank', values: ['5', '4', '3'], to: whom }] },
  bottom: { bands: [bottom], outcomes: [{ when: 'bottom', do: 'criticism', to: ['village'] }] },
  twice: {
    bands: [bottom], streaks: [twice], outcomes: [
      { when: 'bottom-twice', do: 'points', by: 'rank-from-bottom', values: ['-5', '-4', '-3'], to: whom },
      { when: 'bottom-twice', do: 'talk', byRole: 'principal-leaders', with: ['linked-leader', 'resident-cadre', 'village-secretary'] },
    ],
  },
  improved: { bands: [{ key: 'improved', name: '进步明显', gain: 3, against: 'previous-held' }], outcomes: [{ when: 'improved', do: 'praise', to: ['village'] }] },
};

const same = (a: Row, b: Row) => JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

/** Whether a document has what a rule says follows. */
export function hasRule(doc: Doc, rule: Rule): boolean {
  const have = rowsOf(doc.outcomes);
  return rule.outcomes.every((o) => have.some((h) => h.when === o.when && h.do === o.do));
}

/** The document with a rule in it; what it has already of it stays as it is. */
export function withRule(doc: Doc, rule: Rule): Doc {
  const joined = (have: Value | undefined, more: Row[] | undefined) => {
    const rows = rowsOf(have);
    return [...rows, ...(more ?? []).filter((m) => !rows.some((r) => textOf(r.key) === textOf(m.key)))];
  };
  const outcomes = rowsOf(doc.outcomes);
  return {
    ...doc,
    ...(rule.bands ? { bands: joined(doc.bands, rule.bands) } : {}),
    ...(rule.streaks ? { streaks: joined(doc.streaks, rule.streaks) } : {}),
    outcomes: [...outcomes, ...rule.outcomes.filter((o) => !outcomes.some((h) => same(h, o) || (h.when === o.when && h.do === o.do)))],
  };
}

/** Rules to be had by one click; each can be changed afterwards. */
export function OutcomeRules() {
  const e = useEditing();
  const w = useWords(said);
  if (isFrozen(e, ['outcomes'])) return null;
  const add = (rule: Rule) => {
    const next = withRule(e.doc, rule);
    for (const key of ['bands', 'streaks', 'outcomes']) if (next[key] !== e.doc[key]) e.set([key], next[key]);
  };
  return (
    <section className="card" aria-label={w.quick}>
      <h3>{w.quick}</h3>
      <p className="faint">{w.quickAbout}</p>
      <Flex gap="small" wrap>
        {(Object.keys(rules) as (keyof typeof rules)[]).map((key) => {
          const there = hasRule(e.doc, rules[key]);
          return <Button key={key} disabled={there} onClick={() => add(rules[key])}>{there ? `✓ ${w.rules[key]}` : w.rules[key]}</Button>;
        })}
      </Flex>
    </section>
  );
}

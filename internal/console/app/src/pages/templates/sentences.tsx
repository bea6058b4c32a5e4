import { useWords, words } from '@/words/language';
import { at, nameOf, rowsOf, textOf, listOf, type Doc } from './document';
import { optionsAt, useEditing } from './editing';
import { valueName } from './values';
import { said } from './words';

const phrases = words({
  equal: '总分相同的名次并列。', compare: (what: string) => `总分相同时，依次比较：${what}；仍相同的名次并列。`, next: '、',
  band: (name: string, ties: string) => `${name}：${ties}。`,
  day: (every: string, day: string) => `${every} ${day} 日举办`, window: (from: string, to: string) => `每年 ${from} 至 ${to} 举办`, noDay: '还没有写举办日', clamp: (what: string) => `当月无此日时${what}`, roll: (what: string) => `遇休息日${what}`,
}, {
  equal: 'Equal totals share a rank.', compare: (what: string) => `Equal totals are compared by ${what}; what is still equal shares a rank.`, next: ', then ',
  band: (name: string, ties: string) => `${name}: ${ties}.`,
  day: (every: string, day: string) => `Held ${every}, on day ${day}`, window: (from: string, to: string) => `Held every year from ${from} to ${to}`, noDay: 'No day yet', clamp: (what: string) => `where a month has no such day: ${what}`, roll: (what: string) => `on a day off: ${what}`,
});

const word = (doc: Doc, path: string[], otherwise: string) => textOf(at(doc, path)) || otherwise;

/** The policy on ties, as somebody would say it. */
export function TieSentence() {
  const e = useEditing();
  const p = useWords(phrases);
  const w = useWords(said);
  const named = optionsAt(e, ['ranking', 'tieBreak']) ?? [];
  const turns = listOf(at(e.doc, ['ranking', 'tieBreak'])).map(textOf).map((k) => named.find((o) => o.value === k)?.label ?? k);
  const edges = rowsOf(e.doc.bands).filter((b) => b.gain === undefined && b.gainers === undefined).map((b) => {
    const ties = textOf(b.ties) || (b.worst === undefined ? 'inclusive' : 'exclusive');
    return p.band(nameOf(b.name, e.language) || textOf(b.key), valueName('ties', ties, e.language));
  });
  return <p className="said" aria-label={w.tieSentence}>{[turns.length > 0 ? p.compare(turns.join(p.next)) : p.equal, ...edges].join(e.language === 'en' ? ' ' : '')}</p>;
}

/** When rounds are held, as somebody would say it. */
export function TimeSentence() {
  const e = useEditing();
  const p = useWords(phrases);
  const w = useWords(said);
  const of = (key: string, otherwise: string) => valueName(key, word(e.doc, ['calendar', key], otherwise), e.language);
  const day = textOf(at(e.doc, ['calendar', 'day']));
  const [from, to] = ['from', 'to'].map((k) => textOf(at(e.doc, ['calendar', 'window', k])));
  const when = from && to ? p.window(from, to) : day ? p.day(of('every', 'month'), day) : p.noDay;
  const parts = from && to ? [when] : [when, ...(Number(day) > 28 ? [p.clamp(of('clamp', 'month-end'))] : []), p.roll(of('roll', 'next-workday'))];
  return <p className="said" aria-label={w.timeSentence}>{parts.join(e.language === 'en' ? '; ' : '；')}{e.language === 'en' ? '.' : '。'}</p>;
}

import { useCallback, useMemo, useState } from 'react';
import type { MarkInput } from '@/api/schema';
import { useClient } from 'urql';
import { problemOf, type Problem, type UserError } from '@/api/problem';
import type { Draft } from '@/parts/draft';
import { useWords } from '@/words/language';
import { markOf, type Column, type GridItem, type Texts } from './cells';
import { said } from './grid.words';
import { SubmitMarksDocument } from './operations';
import type { SheetDraft } from './sheet';

/** A mark ready to be sent, with the cells it was typed in. */
export interface Ready { subject: string; columns: string[]; place: string; text: string; typed: Partial<Record<string, string>>; input: Omit<MarkInput, 'id'> }

/** What is typed, read: marks that can be sent and cells that cannot. */
export function readSheet(items: readonly GridItem[], columns: readonly Column[], texts: Texts, judge: string): { ready: Ready[]; wrong: { subject: string; column: string; why: string }[] } {
  const ready: Ready[] = [];
  const wrong: { subject: string; column: string; why: string }[] = [];
  const marks = new Map<string, Column[]>();
  for (const c of columns) marks.set(`${c.item}/${c.channel}`, [...marks.get(`${c.item}/${c.channel}`) ?? [], c]);
  for (const [subject, row = {}] of Object.entries(texts)) {
    for (const [place, cells] of marks) {
      const item = items.find((i) => i.key === cells[0]?.item);
      const read = item ? markOf(item, cells, row) : null;
      if (!read) continue;
      if ('wrong' in read) {
        for (const [column, why] of read.wrong) wrong.push({ subject, column, why });
        continue;
      }
      ready.push({
        subject, columns: cells.map((c) => c.key), place: `${judge} ${subject} ${place}`, text: JSON.stringify(read), typed: row,
        input: { subject, item: cells[0]?.item ?? '', channel: cells[0]?.channel ?? '', judge, ...read },
      });
    }
  }
  return { ready, wrong };
}

/** Which marks of a batch were refused: marks[3].value is about the fourth. */
export function refusedOf(errors: readonly UserError[]): Map<number, string> {
  const at = new Map<number, string>();
  for (const e of errors) {
    const found = /^marks\[(\d+)\]/.exec(e.field);
    if (found) at.set(Number(found[1]), [at.get(Number(found[1])), e.message].filter(Boolean).join('；'));
  }
  return at;
}

const batch = 200;

/**
 * useSending saves a sheet in batches. A batch is all or nothing: the marks
 * that are refused stay in their cells with the reason, the others are sent
 * again without them. Ids stay the same until the service answered.
 */
export function useSending({ round, judge, items, columns, texts, draft, again }: {
  round: string; judge: string; items: GridItem[]; columns: Column[]; texts: Texts; draft: Draft<SheetDraft>; again: () => void;
}) {
  const w = useWords(said);
  const client = useClient();
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [refused, setRefused] = useState<{ subject: string; column: string; why: string }[]>([]);
  const [note, setNote] = useState('');
  const read = useMemo(() => readSheet(items, columns, texts, judge), [items, columns, texts, judge]);
  const wrong = useMemo(() => {
    const cells = new Map<string, Map<string, string>>();
    const all = [...read.wrong.map((x) => ({ ...x, why: w.wrong[x.why as keyof typeof w.wrong] })), ...refused];
    for (const x of all) cells.set(x.subject, new Map([...cells.get(x.subject) ?? [], [x.column, x.why]]));
    return cells;
  }, [read.wrong, refused, w]);
  const forget = useCallback(() => { setRefused([]); setNote(''); setProblem(null); }, []);

  const send = async () => {
    setRunning(true); forget();
    const ids = { ...draft.value.ids };
    const named = read.ready.map((r) => {
      const kept = ids[r.place];
      const id = kept?.said === r.text ? kept.id : crypto.randomUUID();
      ids[r.place] = { id, said: r.text };
      return { ready: r, mark: { ...r.input, id } };
    });
    draft.set((d) => ({ ...d, ids }));
    const bad: { subject: string; column: string; why: string }[] = [];
    let saved = 0;
    let met: Problem | null = null;
    let whole = '';
    for (let at = 0; at < named.length && !met && whole === ''; at += batch) {
      let part = named.slice(at, at + batch);
      while (part.length > 0) {
        const answer = await client.mutation(SubmitMarksDocument, { input: { round, marks: part.map((p) => p.mark) } }).toPromise();
        if (answer.error) { met = problemOf(answer.error); break; }
        const errors = answer.data?.marksSubmit.userErrors ?? [];
        if (errors.length === 0) { saved += part.length; cleared(part.map((p) => p.ready)); break; }
        const at2 = refusedOf(errors);
        if (at2.size === 0) { whole = errors.map((e) => e.message).join('；'); break; }
        part.forEach((p, i) => { const why = at2.get(i); if (why) bad.push({ subject: p.ready.subject, column: p.ready.columns[0] ?? '', why }); });
        part = part.filter((_, i) => !at2.has(i));
      }
    }
    setRefused(bad); setProblem(met); setRunning(false);
    setNote([saved > 0 ? w.saved(saved) : '', bad.length > 0 ? w.notSaved(bad.length) : '', whole, met?.kind === 'offline' && saved > 0 ? w.stopped : ''].filter(Boolean).join(' '));
    if (saved > 0) again();
  };

  const cleared = (done: Ready[]) => draft.set((d) => {
    const mine = { ...d.texts[judge] };
    const ids = { ...d.ids };
    for (const r of done) {
      const row = Object.fromEntries(Object.entries(mine[r.subject] ?? {}).filter(([column, text]) => !r.columns.includes(column) || text !== r.typed[column]));
      if (Object.keys(row).length > 0) mine[r.subject] = row;
      else mine[r.subject] = undefined;
      ids[r.place] = undefined;
    }
    return { texts: { ...d.texts, [judge]: Object.fromEntries(Object.entries(mine).filter(([, row]) => row)) }, ids: Object.fromEntries(Object.entries(ids).filter(([, x]) => x)) };
  });

  return { send, running, problem, wrong, wrongCells: read.wrong.length + refused.length, note, failed: refused.length > 0 || problem !== null, ready: read.ready.length, forget };
}

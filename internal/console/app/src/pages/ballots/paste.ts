/** A row of a roster as it was pasted, and the lines that are no rows. */
export interface Pasted { rows: { person: string; group: string; unitCode?: string }[]; wrong: number[] }

/**
 * Reads a block pasted from a spreadsheet (tabs) or typed (commas): number of
 * the person, group, unit. A group may be written by its name as on the page.
 */
export function pastedRoster(text: string, groups: readonly { key: string; name: string }[] = []): Pasted {
  const pasted: Pasted = { rows: [], wrong: [] };
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '') return;
    const [person = '', named = '', unitCode = ''] = line.split(/[\t,，]/).map((cell) => cell.trim());
    const group = groups.find((g) => g.name === named)?.key ?? named;
    if (person === '' || group === '') pasted.wrong.push(i + 1);
    else pasted.rows.push(unitCode === '' ? { person, group } : { person, group, unitCode });
  });
  return pasted;
}

/** A count as typed; undefined for what is none. Empty counts as 0. */
export function count(text: string): number | undefined {
  const t = text.trim();
  if (t === '') return 0;
  return /^\d{1,6}$/.test(t) ? Number(t) : undefined;
}

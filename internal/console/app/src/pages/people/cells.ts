/** Cells of a table as somebody pasted them or as a CSV file has them: tabs or commas, quoted or not. */
export function cellsOf(text: string): string[][] {
  const clean = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const by = clean.split('\n', 1)[0]?.includes('\t') ? '\t' : ',';
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const end = () => { row.push(cell); cell = ''; };
  for (let i = 0; i < clean.length; i++) {
    const c = clean.charAt(i);
    if (quoted) {
      if (c !== '"') cell += c;
      else if (clean.charAt(i + 1) === '"') { cell += '"'; i++; } else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === by) end();
    else if (c === '\n') { end(); rows.push(row); row = []; } else cell += c;
  }
  end();
  rows.push(row);
  return squared(rows.filter((r) => r.some((x) => x.trim() !== '')));
}

// Every row as long as the longest, so that each cell has its place.
function squared(rows: string[][]): string[][] {
  const width = Math.max(0, ...rows.map((r) => r.length));
  return rows.map((r) => [...r, ...Array<string>(width - r.length).fill('')]);
}

/** The table with names of villages in the column of unit codes replaced by their codes; what is no such name stays. */
export function coded(rows: readonly (readonly string[])[], units: readonly { code?: string | null; shownName: string }[]): string[][] {
  const at = rows[0]?.findIndex((h) => /^(单位代码|村代码|代码)$/.test(h.trim())) ?? -1;
  const codes = new Map(units.flatMap((u) => (u.code ? [[u.shownName, u.code] as const] : [])));
  return rows.map((r, i) => r.map((c, j) => (i > 0 && j === at ? codes.get(c.trim()) ?? c : c)));
}

/** The table as a CSV file: cell A1 stays cell A1. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((r) => r.map((c) => (/[",\n\t]/.test(c) || c !== c.trim() ? `"${c.replaceAll('"', '""')}"` : c)).join(',')).join('\n') + '\n';
}

/** The letter of a column: 0 is A, 26 is AA. */
export function letterOf(column: number): string {
  return (column >= 26 ? letterOf(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));
}

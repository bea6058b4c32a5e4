/** A share such as 0.8333 in percent, digit by digit: 83.33%. */
export function percent(share: string): string {
  const negative = share.startsWith('-');
  const [whole = '0', fraction = ''] = share.replace('-', '').split('.');
  const digits = (whole + fraction.padEnd(2, '0'));
  const at = whole.length + 2;
  const left = digits.slice(0, at).replace(/^0+(?=\d)/, '');
  const right = digits.slice(at).replace(/0+$/, '');
  return `${negative ? '-' : ''}${left}${right ? '.' + right : ''}%`;
}

/** A change with its sign: +1.20, -0.30, 0.00. */
export function signed(change: string): string {
  return /^-|^0(\.0+)?$/.test(change) ? change : `+${change}`;
}

/** For drawing only: the number of a decimal, null when there is none. */
export function drawn(value: string | null | undefined): number | null {
  return value == null ? null : Number(value);
}

/** How dark a cell of the heat map is, 0 to 4, between the lowest and the highest drawn. */
export function shade(value: number, low: number, high: number): number {
  if (high <= low) return 2;
  return Math.min(4, Math.floor(((value - low) / (high - low)) * 5));
}

/** The month some months before, YYYY-MM. */
export function monthBefore(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const total = year * 12 + number - 1 - by;
  return `${Math.floor(total / 12)}-${String((total % 12) + 1).padStart(2, '0')}`;
}

// Marks are exact decimals and travel as strings. Stepping them up and down is
// done on whole millionths, so that 0.1 + 0.2 is 0.3 on the phone as well.

const digits = 6;
const shape = /^([+-]?)(\d+)(?:\.(\d{1,6}))?$/;

/** A decimal as whole millionths; null for what is none. */
export function millionths(text: string): bigint | null {
  const found = shape.exec(text.trim());
  if (!found) return null;
  const whole = BigInt((found[2] ?? '') + (found[3] ?? '').padEnd(digits, '0'));
  return found[1] === '-' ? -whole : whole;
}

/** Millionths as the shortest decimal. */
export function decimal(n: bigint): string {
  const text = (n < 0n ? -n : n).toString().padStart(digits + 1, '0');
  const fraction = text.slice(-digits).replace(/0+$/, '');
  return (n < 0n ? '-' : '') + text.slice(0, -digits) + (fraction ? '.' + fraction : '');
}

/** What a person typed, as a decimal: full-width digits and points are taken. */
export function typed(text: string): string {
  return text.replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/[。．，,]/g, '.').trim();
}

/**
 * stepped moves a value by so many steps and keeps it between the ends. From
 * nothing it begins at the top when going down and at the bottom going up.
 */
export function stepped(value: string, by: number, step: string, low: string, high: string): string {
  const [s, lo, hi] = [millionths(step) ?? 1_000_000n, millionths(low) ?? 0n, millionths(high) ?? 100_000_000n];
  const from = millionths(value);
  if (from === null) return decimal(by < 0 ? hi : lo);
  const next = from + BigInt(by) * s;
  return decimal(next < lo ? lo : next > hi ? hi : next);
}

/** Whether a value is one the channel takes: a decimal inside the ends and on a step. For drawing; the service decides. */
export function fits(value: string, step: string, low: string, high: string): 'ok' | 'none' | 'range' | 'step' {
  const [v, s, lo, hi] = [millionths(value), millionths(step), millionths(low), millionths(high)];
  if (v === null) return 'none';
  if ((lo !== null && v < lo) || (hi !== null && v > hi)) return 'range';
  return s !== null && s > 0n && v % s !== 0n ? 'step' : 'ok';
}

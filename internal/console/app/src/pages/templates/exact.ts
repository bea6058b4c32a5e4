// Weights and points are decimals, fractions (100/3) or shares (40%). Sums that
// are shown while somebody types are exact, as the service's are.
interface Ratio { over: bigint; under: bigint }

const shape = /^(-?)(\d+)(?:\.(\d+))?(?:\/(\d+))?(%?)$/;

function read(text: string): Ratio | null {
  const m = shape.exec(text.trim());
  if (!m) return null;
  const [, sign, whole = '0', part = '', under, share] = m;
  if (under !== undefined && (part !== '' || BigInt(under) === 0n)) return null;
  const over = BigInt(whole + part) * (sign === '-' ? -1n : 1n);
  return { over, under: (under === undefined ? 10n ** BigInt(part.length) : BigInt(under)) * (share === '' ? 1n : 100n) };
}

const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : divisor(b, a % b));

/** The sum as somebody would write it; null while one of them is no number. An empty one counts nothing. */
export function sumOf(all: readonly unknown[]): string | null {
  let total: Ratio = { over: 0n, under: 1n };
  for (const one of all) {
    const text = typeof one === 'string' ? one : typeof one === 'number' ? String(one) : '';
    if (text.trim() === '') continue;
    const next = read(text);
    if (!next) return null;
    total = { over: total.over * next.under + next.over * total.under, under: total.under * next.under };
  }
  return print(total);
}

/** How far the sum is from what it must be: '' when it is there, signed when not. */
export function missing(all: readonly unknown[], want: unknown): string | null {
  const have = sumOf(all);
  const full = typeof want === 'string' ? want : String(Number(want));
  const rest = have === null ? null : sumOf([full, have.startsWith('-') ? have.slice(1) : `-${have}`]);
  return rest === '0' ? '' : rest;
}

function print({ over, under }: Ratio): string {
  const by = divisor(over, under);
  const [o, u] = [over / by, under / by];
  let tail = u;
  for (const prime of [2n, 5n]) while (tail % prime === 0n) tail /= prime;
  if (tail !== 1n) return `${o}/${u}`;
  let digits = 0;
  while ((10n ** BigInt(digits)) % u !== 0n) digits++;
  const text = String((o < 0n ? -o : o) * (10n ** BigInt(digits)) / u).padStart(digits + 1, '0');
  return (o < 0n ? '-' : '') + (digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`);
}

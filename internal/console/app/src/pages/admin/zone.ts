/** The first moment of a day (some days on) in a zone, RFC 3339. */
export function startOf(day: string, zone: string, later = 0): string {
  const utc = Date.parse(`${day}T00:00:00Z`) + later * 86_400_000;
  return new Date(utc - (wall(utc, zone) - utc)).toISOString();
}

/** The moment a day ends in a zone: what is valid until then is so all that day. */
export const endOf = (day: string, zone: string): string => startOf(day, zone, 1);

/** The day whose end a moment is in a zone; empty for a moment within a day. */
export function dayEnding(at: string, zone: string): string {
  const utc = Date.parse(at);
  const there = wall(utc, zone);
  return there % 86_400_000 === 0 ? new Date(there - 86_400_000).toISOString().slice(0, 10) : '';
}

// What the clocks of a zone show, as if it were UTC.
function wall(utc: number, zone: string): number {
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(utc);
  return Date.parse(`${shown.replace(' ', 'T')}Z`);
}

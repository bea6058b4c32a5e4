import type { SettingsInput, ChannelWeightInput } from '@/api/schema';
import { at, listOf, rowsOf, textOf, type Doc } from './document';

const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const word = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** What of a document can be tried on past rounds: weights, ties, bands, runs. */
export function tried(doc: Doc): { weights: ChannelWeightInput[]; settings: SettingsInput } {
  return {
    weights: rowsOf(doc.channels).filter((c) => textOf(c.weight) !== '').map((c) => ({ channel: textOf(c.key), weight: textOf(c.weight) })),
    settings: {
      tieBreak: listOf(at(doc, ['ranking', 'tieBreak'])).map(textOf),
      rankOn: word(at(doc, ['ranking', 'on'])),
      scope: word(at(doc, ['ranking', 'scope'])),
      bands: rowsOf(doc.bands).map((b) => ({ band: textOf(b.key), size: number(b.best ?? b.worst ?? b.next ?? b.gain ?? b.gainers), ties: word(b.ties), cap: number(b.cap) })),
      streaks: rowsOf(doc.streaks).map((s) => ({ streak: textOf(s.key), length: number(s.length), after: word(s.after) })),
    },
  };
}

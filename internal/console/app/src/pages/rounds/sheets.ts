import type { PartProps } from './round';

interface Placed { item: string; channel: string; judge: string; subject: string }

interface Sheets { round?: { roster: readonly { subject: string }[] } | null }

/**
 * asOnSheets puts marks in the order of the sheets they came from: items and
 * channels as the round has them, one judge's villages under one another as
 * the roster has them. What stands in none of these comes last.
 */
export function asOnSheets(round: Pick<PartProps['round'], 'rubric'>, names: { channels: readonly { key: string }[] }, read: Sheets | undefined): (a: Placed, b: Placed) => number {
  const items = places((round.rubric ?? []).map((i) => i.key));
  const channels = places(names.channels.map((c) => c.key));
  const subjects = places((read?.round?.roster ?? []).map((e) => e.subject));
  return (a, b) => items(a.item) - items(b.item) || a.item.localeCompare(b.item)
    || channels(a.channel) - channels(b.channel) || a.channel.localeCompare(b.channel)
    || a.judge.localeCompare(b.judge, 'zh-Hans', { numeric: true })
    || subjects(a.subject) - subjects(b.subject) || a.subject.localeCompare(b.subject);
}

function places(keys: readonly string[]): (key: string) => number {
  const at = new Map(keys.map((k, i) => [k, i]));
  return (key) => at.get(key) ?? keys.length;
}

import type { JudgeMarkFragment, JudgeRoundQuery, JudgeTodayQuery } from './operations';
import type { Waiting } from './waiting';
import { placeOf } from './waiting';

export type DeskRound = NonNullable<JudgeRoundQuery['round']>;
export type TodayRound = JudgeTodayQuery['rounds']['nodes'][number];
export type Item = DeskRound['rubric'][number];

/** What a mark of a channel may be, as the template prints it. */
export interface Channel { key: string; name: string; low: string; high: string; step: string }

/** One thing to mark: an item by a channel, with the own mark where there is one. */
export interface Cell { item: Item; channel: Channel; mark: JudgeMarkFragment | null }

/** A subject of the own group. */
export interface Subject {
  subject: string; code: string; name: string; unitCode: string; absent: string | null;
  /** Roles by which the judge belongs to it, so that another marks it; null when none does. */
  recused: string[] | null;
  cells: Cell[];
}

interface Text { 'zh-Hans'?: string; en?: string }
interface PrintedChannel { key?: string; name?: Text | string; range?: string[]; step?: string }
interface Printed { channels?: PrintedChannel[]; panels?: { recuse?: string[] } }

function printed(text: string): Printed {
  try {
    return JSON.parse(text) as Printed;
  } catch {
    return {};
  }
}

function named(name: Text | string | undefined, key: string, english: boolean): string {
  if (typeof name === 'string') return name || key;
  return (english ? name?.en ?? name?.['zh-Hans'] : name?.['zh-Hans'] ?? name?.en) ?? key;
}

/** Names, ends and steps of the channels of a round. */
export function channelsOf(document: string, english: boolean): Map<string, Channel> {
  const all = new Map<string, Channel>();
  for (const c of printed(document).channels ?? []) {
    const key = c.key ?? '';
    all.set(key, { key, name: named(c.name, key, english), low: c.range?.[0] ?? '0', high: c.range?.[1] ?? '100', step: c.step ?? '' });
  }
  return all;
}

interface Panelled { panels: readonly { members: readonly { person: { id: string }; observer: boolean }[] }[] }

/** The group of a person who marks in it. */
export function ownPanel<R extends Panelled>(round: R, person: string | undefined): R['panels'][number] | null {
  return round.panels.find((p) => p.members.some((m) => m.person.id === person && !m.observer)) ?? null;
}

interface Assigned { units: readonly { code?: string | null }[]; subjects: readonly string[] }

/** Whether a group marks a subject: by itself or by its place; a group that names none marks all. */
export function assignedTo(panel: Assigned, entry: { subject: string; unit: { code?: string | null } }): boolean {
  if (panel.units.length === 0 && panel.subjects.length === 0) return true;
  return panel.subjects.includes(entry.subject) || panel.units.some((u) => u.code === entry.unit.code);
}

const within = (list: readonly string[], key: string) => list.length === 0 || list.includes(key);

/**
 * subjectsOf are the subjects of the own group: with what is still to mark, as
 * the service says, what was marked and what waits here; and those the judge is
 * recused from.
 */
export function subjectsOf(round: DeskRound, me: { id: string; pseudonym: string }, english: boolean, waiting: readonly Waiting[] = []): Subject[] {
  const panel = ownPanel(round, me.id);
  if (!panel) return [];
  const channels = channelsOf(round.template.export, english);
  const recuses = printed(round.template.export).panels?.recuse?.includes('own-village') ?? true;
  const items = new Map(round.rubric.map((i) => [i.key, i]));
  const order = new Map(round.rubric.map((i, n) => [i.key, n]));
  const own = round.marks.nodes.filter((m) => m.judge === me.pseudonym && m.state !== 'SUPERSEDED');
  return round.roster.filter((e) => assignedTo(panel, e)).map((e) => {
    const cells = new Map<string, Cell>();
    const add = (item: string, channel: string, mark: JudgeMarkFragment | null) => {
      const known = items.get(item);
      if (known) cells.set(`${item}|${channel}`, { item: known, channel: channels.get(channel) ?? { key: channel, name: channel, low: '0', high: '100', step: '' }, mark });
    };
    for (const gap of round.toMark) if (gap.subject === e.subject && within(panel.items, gap.item) && within(panel.channels, gap.channel)) add(gap.item, gap.channel, null);
    for (const w of waiting) if (w.round === round.id && w.subject === e.subject && w.work.kind !== 'photo') add(w.item, w.channel, null);
    for (const mark of own) if (mark.subject === e.subject) add(mark.item, mark.channel, mark);
    const roles = recuses ? e.links.filter((l) => l.person === me.pseudonym).map((l) => l.role) : [];
    return {
      subject: e.subject, code: e.code, name: e.name, unitCode: e.unit.code ?? '', absent: e.absent ? e.reason : null,
      recused: roles.length > 0 ? roles : null,
      cells: [...cells.values()].sort((a, b) => (order.get(a.item.key) ?? 0) - (order.get(b.item.key) ?? 0) || a.channel.key.localeCompare(b.channel.key)),
    };
  });
}

/** How a mark of one place stands: with the service, on this device, or not at all. */
export type Standing = 'open' | 'waiting' | 'refused' | 'sent' | 'confirmed' | 'rejected';

export function standingOf(cell: Cell, waiting: Waiting | undefined, arrived: boolean): Standing {
  if (waiting) return waiting.refused.length > 0 ? 'refused' : 'waiting';
  if (cell.mark?.state === 'CONFIRMED') return 'confirmed';
  if (cell.mark?.state === 'REJECTED' && !arrived) return 'rejected';
  return cell.mark || arrived ? 'sent' : 'open';
}

/** What waits, by the place it is for; pictures aside. */
export function waitingAt(items: readonly Waiting[]): Map<string, Waiting> {
  return new Map(items.filter((w) => w.work.kind !== 'photo').map((w) => [placeOf(w), w]));
}

import type { Language } from '@/words/language';

interface Named { key?: string; name?: Partial<Record<Language, string>> }

/** An item of a template, as far as a form of an item can begin with it. */
export interface NamedItem { key: string; name: string; nameEn: string; dimension: string; points: string; kind: string; criteria: string }

/** A channel of a template: what a mark of it may be is the service's to judge; this is shown beside the field. */
export interface NamedChannel { key: string; name: string; low: string; high: string; step: string; reception: boolean }

interface ExportedItem extends Named { dimension?: string; points?: string; kind?: string; criteria?: Partial<Record<Language, string>> }

interface Exported {
  channels?: (Named & { range?: [string, string]; step?: string; reception?: boolean })[];
  items?: (ExportedItem & { items?: ExportedItem[] })[];
  bands?: Named[];
  streaks?: Named[];
  legend?: Named[];
  parts?: Named[];
  grades?: (Named & { steps?: Named[] })[];
  panels?: { groups?: number; minMembers?: number; seconded?: { choose?: string; count?: number } };
  themes?: string;
}

/** What the keys of a round's template are called. */
export interface Names {
  channels: NamedChannel[];
  channel: (key: string) => string;
  item: (key: string) => string;
  band: (key: string) => string;
  streak: (key: string) => string;
  light: (key: string) => string;
  part: (key: string) => string;
  scale: (key: string) => string;
  grade: (scale: string, key: string) => string;
  /** The scales of grades, the best grade of each first. */
  scales: { key: string; name: string; grades: { key: string; name: string }[] }[];
  /** How seconded cadres are chosen and how many; empty and 0 where there are none. */
  seconded: { choose: string; count: number };
  /** The groups the template asks for and who at least marks in each; 0 where it says nothing. */
  groups: { count: number; least: number };
  /** The template's own items. */
  items: NamedItem[];
  themes: boolean;
}

/**
 * namesOf reads the names out of TemplateVersion.export(format: JSON); a key
 * without a name is shown as it is. What round-made items are called comes
 * from the rubric: pass it as more.
 */
export function namesOf(exported: string, language: Language, more: readonly { key: string; name: string }[] = []): Names {
  let document: Exported = {};
  try {
    document = JSON.parse(exported) as Exported;
  } catch { /* keys are shown then */ }
  const said = (one: Named | undefined, key: string) => one?.name?.[language] ?? one?.name?.['zh-Hans'] ?? one?.name?.en ?? key;
  const from = (list: Named[] | undefined) => (key: string) => said(list?.find((n) => n.key === key), key);
  const listed = (list: Named[] | undefined) => (list ?? []).map((n) => ({ key: n.key ?? '', name: said(n, n.key ?? '') }));
  const items = (document.items ?? []).flatMap((i) => [i, ...(i.items ?? [])]);
  return {
    channels: (document.channels ?? []).map((c) => ({
      key: c.key ?? '', name: said(c, c.key ?? ''), low: c.range?.[0] ?? '', high: c.range?.[1] ?? '', step: c.step ?? '', reception: c.reception ?? false,
    })),
    channel: from(document.channels),
    item: (key) => more.find((m) => m.key === key)?.name ?? from(items)(key),
    band: from(document.bands),
    streak: from(document.streaks),
    light: from(document.legend),
    part: from(document.parts),
    scale: from(document.grades),
    grade: (scale, key) => {
      const found = document.grades?.find((g) => g.key === scale);
      return from(found?.steps)(key);
    },
    scales: (document.grades ?? []).map((g) => ({ key: g.key ?? '', name: said(g, g.key ?? ''), grades: listed(g.steps) })),
    seconded: { choose: document.panels?.seconded?.choose ?? '', count: document.panels?.seconded?.count ?? 0 },
    groups: { count: document.panels?.groups ?? 0, least: document.panels?.minMembers ?? 0 },
    items: items.flatMap((i) => i.key && i.dimension ? [{
      key: i.key, name: i.name?.['zh-Hans'] ?? i.key, nameEn: i.name?.en ?? '', dimension: i.dimension, points: i.points ?? '', kind: i.kind ?? '', criteria: i.criteria?.['zh-Hans'] ?? '',
    }] : []),
    themes: Boolean(document.themes),
  };
}

import { useCallback, useState } from 'react';
import type { CheckState, MarkDetailInput } from '@/api/schema';
import type { Cell } from './desk';
import { fits } from './decimal';
import type { Finding } from './waiting';
import type { said } from './words';

/** What a judge typed for one place and did not submit yet. */
export interface Draft {
  value?: string;
  checks?: Partial<Record<string, CheckState>>;
  events?: Partial<Record<string, number>> | undefined;
  level?: string;
  veto?: boolean;
  note?: string;
  /** Why an earlier mark is replaced. */
  reason?: string;
}

export type Drafts = Partial<Record<string, Draft>>;

/** Drafts of one village, kept on this device by person and village. */
export function useDrafts(owner: string, round: string, subject: string): [Drafts, (cell: string, draft: Draft | null) => void] {
  const key = `leitai.draft.${owner}|${round}|${subject}`;
  const [held, setHeld] = useState<{ key: string; drafts: Drafts }>(() => ({ key, drafts: read(key) }));
  const drafts = held.key === key ? held.drafts : read(key);
  const put = useCallback((cell: string, draft: Draft | null) => {
    setHeld(() => {
      const next = { ...read(key) };
      if (draft) next[cell] = draft;
      else Reflect.deleteProperty(next, cell);
      try {
        if (Object.keys(next).length > 0) localStorage.setItem(key, JSON.stringify(next));
        else localStorage.removeItem(key);
      } catch { /* a full storage: the page still has it */ }
      return { key, drafts: next };
    });
  }, [key]);
  return [drafts, put];
}

function read(key: string): Drafts {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Drafts;
  } catch {
    return {};
  }
}

/** A mark as the draft that would say the same, to begin a correction from. */
export function draftOf(finding: { value?: string | undefined; detail?: { checks?: readonly { key: string; answer: CheckState }[] | null | undefined; events?: readonly { key: string; count: number }[] | null | undefined; level?: string | null | undefined; veto?: boolean | null | undefined; note?: string | null | undefined } | null | undefined }): Draft {
  const { value, detail } = finding;
  return {
    ...(value !== undefined ? { value } : {}),
    checks: Object.fromEntries((detail?.checks ?? []).map((c) => [c.key, c.answer])),
    events: Object.fromEntries((detail?.events ?? []).map((e) => [e.key, e.count])),
    level: detail?.level ?? '', veto: detail?.veto ?? false, note: detail?.note ?? '',
  };
}

/** What a draft says as the API takes it; null while something is missing. */
export function findingOf(cell: Cell, draft: Draft | undefined): Finding | null {
  if (!draft) return null;
  const note = draft.note?.trim() ? { note: draft.note.trim() } : {};
  const found = (detail: MarkDetailInput): Finding => ({ detail: { ...detail, ...note } });
  switch (cell.item.kind) {
    case 'CHECKLIST': {
      const checks = cell.item.rule.checks.map((c) => ({ key: c.key, answer: draft.checks?.[c.key] }));
      return checks.every((c): c is { key: string; answer: CheckState } => c.answer !== undefined) ? found({ checks }) : null;
    }
    case 'DEDUCTIONS': case 'BONUS':
      if (!draft.events) return null;
      return found({ events: Object.entries(draft.events).flatMap(([key, count]) => count ? [{ key, count }] : []) });
    case 'LEVELS':
      return draft.level ? found({ level: draft.level }) : null;
    case 'VETO':
      return draft.veto === undefined ? null : found({ veto: draft.veto });
    default:
      return draft.value !== undefined && fits(draft.value, cell.channel.step, cell.channel.low, cell.channel.high) === 'ok' ? { value: draft.value } : null;
  }
}

/** How a finding reads in one line. */
export function reads(cell: Cell, finding: { value?: string | undefined; detail?: MarkDetailInput | null | undefined }, w: typeof said.zh): string {
  const { detail } = finding;
  switch (cell.item.kind) {
    case 'CHECKLIST': {
      const bad = detail?.checks?.filter((c) => c.answer === 'NO').length ?? 0;
      return bad > 0 ? w.detailOf.bad(bad) : w.detailOf.good;
    }
    case 'DEDUCTIONS': case 'BONUS': {
      const said = detail?.events?.map((e) => `${cell.item.rule.table.find((r) => r.key === e.key)?.name ?? e.key} ${w.detailOf.events(e.count)}`) ?? [];
      return said.length > 0 ? said.join('、') : w.noEvents;
    }
    case 'LEVELS':
      return cell.item.rule.levels.find((l) => l.key === detail?.level)?.name ?? detail?.level ?? '';
    case 'VETO':
      return detail?.veto ? w.vetoes : w.vetoNot;
    default:
      return w.points(finding.value ?? '');
  }
}

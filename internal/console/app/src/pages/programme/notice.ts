import type { LeadingGroupInput, NoticeInput } from '@/api/schema';

/** What a competition rests on, as it is typed. */
export interface Basics {
  filing: string;
  number: string; issuer: string; date: string; title: string; text: string; distribution: string;
  basis: { title: string; number: string; issuer: string; date: string }[];
  members: { seat: string; title: string; person: string }[];
  offices: string; officeHead: string;
}

const listed = (text: string) => text.split(/[、,，;；\n]+/).map((t) => t.trim()).filter(Boolean);

export function noticeOf(b: Basics): NoticeInput {
  return {
    number: b.number.trim(), issuer: b.issuer.trim(), date: b.date, title: b.title.trim(), text: b.text.trim() || null, distribution: listed(b.distribution),
    basis: b.basis.filter((x) => x.title || x.number || x.issuer).map((x) => ({ title: x.title.trim(), number: x.number.trim(), issuer: x.issuer.trim(), date: x.date || null })),
  };
}

export function groupOf(b: Basics): LeadingGroupInput {
  return {
    members: b.members.filter((m) => m.title.trim() !== '' || m.person !== '').map((m) => ({ seat: m.seat, title: m.title.trim(), person: m.person || null })),
    offices: listed(b.offices), officeHead: b.officeHead.trim() || null,
  };
}

interface Known {
  filingNumber: string;
  notice: { number: string; issuer: string; date?: string | null; title: string; text: string; distribution: string[]; basis: { title: string; number: string; issuer: string; date?: string | null }[] };
  leadingGroup: { members: { seat: string; title: string; person: string }[]; offices: string[]; officeHead: string };
}

/** What is stored, to be changed. */
export function basicsOf(c: Known): Basics {
  return {
    filing: c.filingNumber, number: c.notice.number, issuer: c.notice.issuer, date: c.notice.date ?? '', title: c.notice.title, text: c.notice.text, distribution: c.notice.distribution.join('、'),
    basis: c.notice.basis.map((b) => ({ ...b, date: b.date ?? '' })), members: c.leadingGroup.members.map((m) => ({ ...m })), offices: c.leadingGroup.offices.join('、'), officeHead: c.leadingGroup.officeHead,
  };
}

/** The period of a date by month, and the last one of its year: what is offered first. */
export const monthOf = (day: string) => day.slice(0, 7);
export const yearOf = (period: string) => Number(period.slice(0, 4));

/** The last period of the year of a period, in its own cadence. */
export function lastOfYear(period: string): string {
  const year = period.slice(0, 4);
  if (/-Q\d$/.test(period)) return `${year}-Q4`;
  if (/-H\d$/.test(period)) return `${year}-H2`;
  return /-\d\d$/.test(period) ? `${year}-12` : year;
}

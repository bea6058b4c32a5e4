import { useMe } from '@/api/session';
import { useLanguage } from '@/words/language';

/** A moment (RFC 3339) as the tenant's clocks show it. */
export function useMoment(): (at: string) => string {
  const zone = useMe().tenant.timeZone;
  const { language } = useLanguage();
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return (at) => format.format(new Date(at));
}

/** Days from one date (YYYY-MM-DD) to another: 0 today, below 0 past. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

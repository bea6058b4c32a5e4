import { useMe } from '@/api/session';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { dayEnding } from './zone';
import { said } from './words';

/** Until when something counts: by the last day of it, or by the moment where it ends within a day. */
export function useUntil(): (at: string | null | undefined) => string {
  const zone = useMe().tenant.timeZone;
  const moment = useMoment();
  const w = useWords(said);
  return (at) => {
    if (!at) return w.forever;
    const day = dayEnding(at, zone);
    return day ? w.lastDay(day) : moment(at);
  };
}

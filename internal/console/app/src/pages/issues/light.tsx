import type { IssueLight } from '@/api/schema';
import { useWords } from '@/words/language';
import { said } from './words';

/** The light of an issue, with its word. */
export function Light({ light }: { light: IssueLight }) {
  const w = useWords(said);
  return light === 'NONE' ? null : <span className={`issue-light ${light}`}><i aria-hidden="true" />{w.lights[light]}</span>;
}

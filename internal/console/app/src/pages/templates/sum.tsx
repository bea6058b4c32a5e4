import { useWords } from '@/words/language';
import { missing, sumOf } from './exact';
import { said } from './words';

/** What weights or points come to, while somebody types them. */
export function Sum({ label, of, want }: { label: string; of: readonly unknown[]; want: string }) {
  const w = useWords(said);
  const have = sumOf(of);
  const rest = missing(of, want);
  const text = have === null || rest === null ? w.sumNone : rest === '' ? w.sumRight(have) : rest.startsWith('-') ? w.sumOver(have, rest.slice(1)) : w.sumShort(have, rest);
  return <p className={rest === '' ? 'sum right' : 'sum'} role="status" aria-label={label}><span>{label}</span> <strong>{rest === '' ? '✓ ' : '！'}{text}</strong></p>;
}

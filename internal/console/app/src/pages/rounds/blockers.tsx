import { Link } from 'react-router';
import { useWords } from '@/words/language';
import { said } from './overview.words';
import { placeOf } from './steps';

interface Blocker { code: string; message: string; subjects: string[] }

/** What has to be settled before a step, each with the way to where it is. */
export function Blockers({ blockers, round }: { blockers: readonly Blocker[]; round?: string }) {
  const w = useWords(said);
  if (blockers.length === 0) return <p className="faint">{w.free}</p>;
  return (
    <>
      <p>{w.blocked(blockers.length)}</p>
      <ul className="blockers">{blockers.map((b, i) => {
        const to = round === undefined ? null : placeOf(b.code, round);
        const whom = b.subjects.filter((s) => !b.message.includes(s));
        return <li key={i}>{b.message}{whom.length > 0 && `（${whom.length > 5 ? w.several(whom.slice(0, 3).join('、'), whom.length) : whom.join('、')}）`} {to && <Link to={to} aria-label={`${w.mend}：${b.message}`}>{w.mend}</Link>}</li>;
      })}</ul>
    </>
  );
}

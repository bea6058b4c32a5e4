import { useWords } from '@/words/language';
import { postKinds } from './posts';
import { said } from './words';

/** What the columns of a spreadsheet may hold: the codes of the villages and the kinds of posts. */
export function UnitCodes({ units }: { units: readonly { id: string; code?: string | null; shownName: string }[] }) {
  const w = useWords(said);
  return (
    <details className="no-print">
      <summary>{w.codes}</summary>
      <div className="code-lists">
        <ul className="plain">{units.map((u) => <li key={u.id}>{u.shownName} <code>{u.code ?? w.noCode}</code></li>)}</ul>
        <p><strong>{w.posts}</strong>：{postKinds.map((k) => k.zh).join('、')}</p>
      </div>
    </details>
  );
}

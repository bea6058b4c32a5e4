import { Tag } from 'antd';
import { useWords } from '@/words/language';
import type { BarriersFragment } from './operations';
import { said } from './words';

/** Whether something can be compared, and if not why, in words. */
export function Comparable({ yes, barriers, names }: { yes: boolean; barriers: readonly BarriersFragment[]; names: ReadonlyMap<string, string> }) {
  const w = useWords(said);
  if (yes) return <Tag color="green">{w.yes}</Tag>;
  const missing = barriers.filter((b) => b.reason === 'DIMENSION_MISSING').map((b) => names.get(b.dimension ?? '') ?? b.dimension ?? '');
  const why = [...(missing.length > 0 ? [w.missingOf(missing.join('、'))] : []), ...barriers.filter((b) => b.reason !== 'DIMENSION_MISSING').map((b) => w.barrier[b.reason])];
  return <div><Tag>{w.no}</Tag>{why.length > 0 && <small>{why.join('；')}</small>}</div>;
}

import { Tag } from 'antd';
import { useWords } from '@/words/language';
import type { BarriersFragment } from './operations';
import { said } from './words';

/** Whether something can be compared, and if not why, in words. */
export function Comparable({ yes, barriers, names }: { yes: boolean; barriers: readonly BarriersFragment[]; names: ReadonlyMap<string, string> }) {
  const w = useWords(said);
  if (yes) return <Tag color="green">{w.yes}</Tag>;
  return (
    <div>
      <Tag>{w.no}</Tag>
      {barriers.length > 0 && <small>{barriers.map((b) => w.barrier[b.reason] + (b.dimension ? `：${names.get(b.dimension) ?? b.dimension}` : '')).join('；')}</small>}
    </div>
  );
}

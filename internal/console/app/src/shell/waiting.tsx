import { Spin } from 'antd';
import { common } from '@/words/common';
import { useWords } from '@/words/language';

/** A page is on its way. */
export function Waiting() {
  const { loading } = useWords(common);
  return <div className="waiting" role="status" aria-label={loading}><Spin /></div>;
}

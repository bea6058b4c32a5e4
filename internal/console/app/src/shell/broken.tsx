import { Button, Result } from 'antd';
import { useWords, words } from '@/words/language';

const said = words({
  title: '页面没有打开', about: '可能是网络中断，或系统刚刚升级。请刷新重试；已经提交的内容不受影响。', again: '刷新',
}, {
  title: 'This page could not be opened', about: 'The network may have gone, or the system was just updated. Reload it; what was sent is safe.', again: 'Reload',
});

/** A page failed to load or to draw: what happened and what to do. */
export function Broken() {
  const w = useWords(said);
  return <Result status="warning" title={w.title} subTitle={w.about} extra={<Button type="primary" onClick={() => location.reload()}>{w.again}</Button>} />;
}

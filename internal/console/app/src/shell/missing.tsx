import { Result } from 'antd';
import { Link } from 'react-router';
import { useWords, words } from '@/words/language';

const said = words({ title: '没有这个页面', home: '回到首页' }, { title: 'There is no such page', home: 'Go home' });

export function Missing() {
  const w = useWords(said);
  return <Result status="404" title={w.title} extra={<Link to="/">{w.home}</Link>} />;
}

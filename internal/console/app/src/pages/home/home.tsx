import { useMe } from '@/api/session';
import { Page } from '@/parts/page';
import { useWords, words } from '@/words/language';

const said = words({ title: '首页' }, { title: 'Home' });

export default function Home() {
  const w = useWords(said);
  const me = useMe();
  return <Page title={w.title} about={me.tenant.name}>{me.today}</Page>;
}

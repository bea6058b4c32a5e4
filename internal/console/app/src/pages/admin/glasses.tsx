import { Nothing } from '@/parts/page';
import { useWords } from '@/words/language';
import { AdminPage } from './frame';
import { Glasses } from './glass';
import { said } from './platform.words';

/** Who of the platform looked at this tenant, and why; whoever governs the tenant may end it. */
export default function GlassPage() {
  const w = useWords(said);
  return <AdminPage at="glass" about={w.glassTenant}><Glasses nothing={<Nothing>{w.noGlassesHere}</Nothing>} /></AdminPage>;
}

import { Button, Segmented } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';
import { useMe, useSession } from '@/api/session';
import { Choice } from '@/parts/fields';
import { Page } from '@/parts/page';
import { states } from '@/words/states';
import { useWords } from '@/words/language';
import { Board } from './board';
import { List } from './list';
import { said } from './words';
import './issues.css';

/** What both views are narrowed by; kept in the address, so that it can be sent on. */
export interface Filter { competition: string; village: string; state: string; listed: boolean; returnDue: boolean }

/** The ledger of issues, as a board or as a list. */
export default function Issues() {
  const w = useWords(said);
  const { may } = useSession();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const view = search.get('view') === 'list' ? 'list' : 'board';
  const filter: Filter = {
    competition: search.get('competition') ?? '', village: search.get('village') ?? '', state: search.get('state') ?? '',
    listed: search.get('listed') === '1', returnDue: search.get('return') === '1',
  };
  const put = (key: string, value: string) => setSearch((s) => { if (value) s.set(key, value); else s.delete(key); return s; }, { replace: true });
  return (
    <Page title={w.title} about={w.about} actions={<>
      <Segmented aria-label={w.view} value={view} options={[{ value: 'board', label: w.board }, { value: 'list', label: w.list }]} onChange={(v) => put('view', v)} />
      {may('issue:open') && <Button type="primary" onClick={() => void navigate('/issues/new')}>{w.open}</Button>}
    </>}>
      {view === 'board' ? <Board filter={filter} put={put} /> : <List filter={filter} put={put} />}
    </Page>
  );
}

/** The filters, with what can be chosen. */
export function Filters({ filter, put, competitions, villages, list }: {
  filter: Filter; put: (key: string, value: string) => void; list: boolean;
  competitions: readonly { id: string; name: string }[]; villages: readonly { code?: string | null; shownName: string }[];
}) {
  const w = useWords(said);
  const s = useWords(states).issue;
  const { tenant } = useMe();
  return (
    <div className="fields no-print" role="search" aria-label={tenant.name}>
      {competitions.length > 1 && <Choice label={w.competition} value={filter.competition} empty={w.anyCompetition} options={competitions.map((c) => ({ value: c.id, label: c.name }))} onChange={(v) => put('competition', v)} />}
      {villages.length > 1 && <Choice label={w.village} value={filter.village} empty={w.anyVillage} options={villages.map((v) => ({ value: v.code ?? '', label: v.shownName }))} onChange={(v) => put('village', v)} />}
      {list && <Choice label={w.state} value={filter.state} empty={w.allStates} options={(Object.keys(s) as (keyof typeof s)[]).map((k) => ({ value: k, label: s[k] }))} onChange={(v) => put('state', v)} />}
      <div className="issue-ticks">
        <label className="check"><input type="checkbox" checked={filter.listed} onChange={(e) => put('listed', e.target.checked ? '1' : '')} />{w.onlyListed}</label>
        {list && <label className="check"><input type="checkbox" checked={filter.returnDue} onChange={(e) => put('return', e.target.checked ? '1' : '')} />{w.returnDue}</label>}
      </div>
    </div>
  );
}

import { Button } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useSession } from '@/api/session';
import { ActButton } from '@/parts/actbutton';
import { Nothing, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords, words } from '@/words/language';
import { AdminPage } from './frame';
import { Give } from './give';
import { AdminGrantRevokeDocument, AdminGrantsDocument, type AdminGrantRevokeMutation } from './operations';
import { useUntil } from './until';
import { WhoMay } from './whomay';
import { said as shared } from './words';

const said = words({
  about: '谁在哪个单位担任什么角色；并可查“谁可以做什么、为什么”。', give: '授予角色', revoke: '收回', revokeAbout: '收回后立即失效，记录保留。', none: '还没有授权。请授予角色，或发出邀请。', ended: '显示已收回的', find: '查找账号、姓名、角色或单位', noMatch: '没有符合条件的授权。', revokedAt: (at: string) => `已收回（${at}）`, count: (n: number) => `共 ${n} 项授权`,
}, {
  about: 'Who has which role where; and who can do what, and why.', give: 'Give a role', revoke: 'Revoke', revokeAbout: 'It ends at once; the record stays.', none: 'No grants yet. Give a role, or send an invitation.', ended: 'Show revoked ones', find: 'Find a login, name, role or unit', noMatch: 'No grants like that.', revokedAt: (at: string) => `revoked (${at})`, count: (n: number) => `${n} grants`,
});

const revoked = (d: AdminGrantRevokeMutation) => d.grantRevoke;

export default function Grants() {
  const w = useWords(said);
  const s = useWords(shared);
  const { may } = useSession();
  const moment = useMoment();
  const until = useUntil();
  const [{ data, error }, reread] = useQuery({ query: AdminGrantsDocument });
  const again = () => reread({ requestPolicy: 'network-only' });
  const [giving, setGiving] = useState(false);
  const [ended, setEnded] = useState(false);
  const [find, setFind] = useState('');
  return (
    <AdminPage at="grants" about={w.about} actions={may('grant:write') && <Button type="primary" onClick={() => setGiving(true)}>{w.give}</Button>}>
      <Read data={data} error={error} again={again}>{(d) => {
        const role = (key: string) => d.roles.find((r) => r.key === key)?.name ?? key;
        const name = (user: string) => { const p = d.users.nodes.find((u) => u.id === user)?.person; return p?.name ?? p?.pseudonym ?? ''; };
        const wanted = find.trim().toLowerCase();
        const shown = d.grants.filter((g) => ended || !g.revokedAt)
          .filter((g) => wanted === '' || [g.login, name(g.userId), role(g.role), g.unit.shownName].some((t) => t.toLowerCase().includes(wanted)));
        return <>
          <WhoMay d={d} />
          <div className="finder no-print">
            <input className="plain-input" type="search" aria-label={w.find} placeholder={w.find} value={find} onChange={(e) => setFind(e.target.value)} />
            <label className="check"><input type="checkbox" checked={ended} onChange={(e) => setEnded(e.target.checked)} />{w.ended}</label>
            <span className="faint" role="status">{w.count(shown.length)}</span>
          </div>
          {shown.length === 0 ? <Nothing>{wanted ? w.noMatch : w.none}</Nothing> : <div className="scroll"><table className="table">
            <thead><tr><th scope="col">{s.login}</th><th scope="col">{s.role}</th><th scope="col">{s.where}</th><th scope="col">{s.dimensions}</th><th scope="col">{s.until}</th><th scope="col">{s.acts}</th></tr></thead>
            <tbody>{shown.map((g) => (
              <tr key={g.id}>
                <th scope="row">{g.login} <small className="faint">{name(g.userId)}</small></th><td>{role(g.role)}</td><td>{g.unit.shownName}</td><td>{g.dimensions.map((k) => d.dimensions.find((x) => x.key === k)?.name ?? k).join('、') || s.all}</td>
                <td>{g.revokedAt ? w.revokedAt(moment(g.revokedAt)) : until(g.validUntil)}</td>
                <td>{!g.revokedAt && may('grant:write') && <ActButton label={w.revoke} named={`${g.login} ${role(g.role)}`} about={w.revokeAbout} danger document={AdminGrantRevokeDocument} payload={revoked} input={() => ({ input: { grant: g.id } })} done={again} />}</td>
              </tr>
            ))}</tbody>
          </table></div>}
          <Give d={d} open={giving} close={() => setGiving(false)} done={again} label={w.give} />
        </>;
      }}</Read>
    </AdminPage>
  );
}

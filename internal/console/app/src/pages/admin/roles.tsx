import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useSession } from '@/api/session';
import { ActButton } from '@/parts/actbutton';
import { Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { AdminPage } from './frame';
import { AdminRoleRetireDocument, AdminRolesDocument, type AdminRoleRetireMutation } from './operations';
import { RoleForm } from './roleform';
import { said } from './roles.words';

const retired = (d: AdminRoleRetireMutation) => d.roleRetire;

export default function Roles() {
  const w = useWords(said);
  const { may } = useSession();
  const [{ data, error }, reread] = useQuery({ query: AdminRolesDocument });
  const again = () => reread({ requestPolicy: 'network-only' });
  const [edited, setEdited] = useState('');
  const close = () => setEdited('');
  return (
    <AdminPage at="roles" about={w.about} actions={may('grant:write') && <Button type="primary" onClick={() => setEdited('new')}>{w.define}</Button>}>
      <Read data={data} error={error} again={again}>{(d) => {
        const describe = (key: string) => d.permissions.find((p) => p.permission === key)?.description ?? key;
        const role = d.roles.find((r) => r.key === edited);
        return <>
          <div className="cards">{d.roles.map((r) => (
            <article key={r.key} className="card">
              <h2 className="card-title">{r.name} <Tag>{r.builtIn ? w.builtIn : w.own}</Tag>{r.retiredAt && <Tag>{w.retired}</Tag>}</h2>
              <p className="faint">{w.standing(r.standing)}</p>
              <details><summary>{w.count(r.permissions.length)}</summary><ul className="plain">{r.permissions.map((p) => <li key={p.permission}>{describe(p.permission)}</li>)}</ul></details>
              {!r.builtIn && !r.retiredAt && may('grant:write') && <div className="row-acts">
                <Button size="small" aria-label={`${w.change}：${r.name}`} onClick={() => setEdited(r.key)}>{w.change}</Button>
                <ActButton label={w.retire} named={r.name} about={w.retireAbout} danger document={AdminRoleRetireDocument} payload={retired} input={() => ({ input: { key: r.key, revision: r.revision } })} done={again} />
              </div>}
            </article>
          ))}</div>
          {edited === 'new' && <RoleForm key="new" role={null} permissions={d.permissions} close={close} again={again} />}
          {role && <RoleForm key={role.key} role={role} permissions={d.permissions} close={close} again={again} />}
        </>;
      }}</Read>
    </AdminPage>
  );
}

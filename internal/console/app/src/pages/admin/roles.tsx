import { Button, Input, Tag } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { ActButton } from '@/parts/actbutton';
import { Asking } from '@/parts/asking';
import { Field } from '@/parts/fields';
import { Read } from '@/parts/page';
import { useWords, words } from '@/words/language';
import { AdminPage } from './frame';
import { AdminRoleChangeDocument, AdminRoleDefineDocument, AdminRoleRetireDocument, AdminRolesDocument, type AdminRoleChangeMutation, type AdminRoleDefineMutation, type AdminRoleRetireMutation, type AdminRolesQuery } from './operations';

const said = words({
  about: '角色是一组权限；可在内置角色之外设立本单位自己的角色。', define: '设立角色', change: '修改', retire: '停用', retireAbout: '停用后不能再授予；已授予的不再生效。', builtIn: '内置', own: '自定', retired: '已停用', key: '标识', keyHint: '以 own- 开头，例如 own-archivist', zh: '中文名称', en: '英文名称', permissions: '权限', count: (n: number) => `${n} 项权限`, writes: '可修改数据',
}, {
  about: 'A role is a set of permissions; beside the built-in ones a tenant may define its own.', define: 'Define a role', change: 'Change', retire: 'Retire', retireAbout: 'It cannot be given any more, and where it was given it no longer counts.', builtIn: 'built-in', own: 'own', retired: 'retired', key: 'Key', keyHint: 'begins with own-, for example own-archivist', zh: 'Chinese name', en: 'English name', permissions: 'Permissions', count: (n: number) => `${n} permissions`, writes: 'changes data',
});

type Role = AdminRolesQuery['roles'][number];
const defined = (d: AdminRoleDefineMutation) => d.roleDefine;
const changed = (d: AdminRoleChangeMutation) => d.roleChange;
const retired = (d: AdminRoleRetireMutation) => d.roleRetire;

export default function Roles() {
  const w = useWords(said);
  const { may } = useSession();
  const [{ data, error }, reread] = useQuery({ query: AdminRolesDocument });
  const again = () => reread({ requestPolicy: 'network-only' });
  const [edited, setEdited] = useState<Role | 'new' | null>(null);
  const describe = (d: AdminRolesQuery, key: string) => d.permissions.find((p) => p.permission === key)?.description ?? key;
  return (
    <AdminPage at="roles" about={w.about} actions={may('grant:write') && <Button type="primary" onClick={() => setEdited('new')}>{w.define}</Button>}>
      <Read data={data} error={error} again={again}>{(d) => <>
        <div className="cards">{d.roles.map((r) => (
          <article key={r.key} className="card">
            <h2 className="card-title">{r.name} <Tag>{r.builtIn ? w.builtIn : w.own}</Tag>{r.retiredAt && <Tag>{w.retired}</Tag>}</h2>
            <p className="faint">{r.key}</p>
            <details><summary>{w.count(r.permissions.length)}</summary><ul className="plain">{r.permissions.map((p) => <li key={p.permission}>{describe(d, p.permission)} <small className="faint">{p.permission}</small></li>)}</ul></details>
            {!r.builtIn && !r.retiredAt && may('grant:write') && <div className="row-acts">
              <Button size="small" aria-label={`${w.change}：${r.name}`} onClick={() => setEdited(r)}>{w.change}</Button>
              <ActButton label={w.retire} named={r.name} about={w.retireAbout} danger document={AdminRoleRetireDocument} payload={retired} input={() => ({ input: { key: r.key, revision: r.revision } })} done={again} />
            </div>}
          </article>
        ))}</div>
        {edited && <RoleForm key={edited === 'new' ? 'new' : edited.key} role={edited === 'new' ? null : edited} permissions={d.permissions} close={() => setEdited(null)} done={again} />}
      </>}</Read>
    </AdminPage>
  );
}

function RoleForm({ role, permissions, close, done }: { role: Role | null; permissions: AdminRolesQuery['permissions']; close: () => void; done: () => void }) {
  const w = useWords(said);
  const define = useAct(AdminRoleDefineDocument, defined);
  const change = useAct(AdminRoleChangeDocument, changed);
  const [key, setKey] = useState('own-');
  const [nameZh, setZh] = useState(role?.nameZh ?? '');
  const [nameEn, setEn] = useState(role?.nameEn ?? '');
  const [held, setHeld] = useState(() => new Set(role?.permissions.map((p) => p.permission)));
  const toggle = (p: string, on: boolean) => setHeld((old) => { const now = new Set(old); if (on) now.add(p); else now.delete(p); return now; });
  const submit = async () => {
    const more = { nameZh, nameEn, permissions: [...held] };
    const answer = role ? await change.run({ input: { key: role.key, revision: role.revision, ...more } }) : await define.run({ input: { key: key.trim(), ...more } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <Asking title={role ? `${w.change}：${role.name}` : w.define} open close={close} act={role ? change : define} submit={submit}>
      {!role && <Field label={w.key} hint={w.keyHint}><Input required value={key} onChange={(e) => setKey(e.target.value)} /></Field>}
      <Field label={w.zh}><Input required value={nameZh} onChange={(e) => setZh(e.target.value)} /></Field>
      <Field label={w.en}><Input value={nameEn} onChange={(e) => setEn(e.target.value)} /></Field>
      <fieldset className="field wide plain-set"><legend>{w.permissions}</legend>
        <div className="rights">{permissions.map((p) => (
          <label key={p.permission}><input type="checkbox" checked={held.has(p.permission)} onChange={(e) => toggle(p.permission, e.target.checked)} /><span>{p.description} <small className="faint">{p.permission}{p.writes && ` · ${w.writes}`}</small></span></label>
        ))}</div>
      </fieldset>
    </Asking>
  );
}

import { Alert, Button, Input, Tag } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { ActButton } from '@/parts/actbutton';
import { Asking } from '@/parts/asking';
import { Field, MoreButton } from '@/parts/fields';
import { useMore } from '@/parts/more';
import { Nothing, Read } from '@/parts/page';
import { useWords, words } from '@/words/language';
import { AdminPage } from './frame';
import { ResetFactor } from './resetfactor';
import {
  AdminUserCreateDocument, AdminUserDisableDocument, AdminUserEnableDocument, AdminUserPasswordDocument, AdminUsersDocument,
  type AdminUserCreateMutation, type AdminUserDisableMutation, type AdminUserEnableMutation, type AdminUserPasswordMutation, type AdminUsersQuery,
} from './operations';
import { said as shared } from './words';

const said = words({
  about: '谁可以登录本单位；停用后立即不能登录，记录保留。', none: '还没有账号。可新建账号，或发出邀请。', find: '查找账号开头或姓名', search: '查找', noMatch: '没有符合条件的账号。', create: '新建账号', password: '初始密码', passwordHint: '本人首次登录后自行修改', active: '启用', disabled: '停用', disable: '停用', enable: '启用', service: '服务账号',
  reset: '重设密码', newPassword: '新密码', elsewhere: '本单位之外的账号', resetAbout: '对方已登录的设备全部退出；请把新密码当面或电话告知本人，并提醒登录后自行修改。', passwordSet: (login: string) => `${login} 的密码已重设。`, made: (login: string) => `账号 ${login} 已建立。请到“授权”授予角色，到“花名册”关联人员。`,
}, {
  about: 'Who can sign in here; a disabled user cannot from that moment, and what they did stays on record.', none: 'No users yet. Create one, or send an invitation.', find: 'Beginning of a login, or a name', search: 'Find', noMatch: 'No users like that.', create: 'New user', password: 'First password', passwordHint: 'to be changed at the first sign-in', active: 'active', disabled: 'disabled', disable: 'Disable', enable: 'Enable', service: 'service account',
  reset: 'Set password', newPassword: 'New password', elsewhere: 'user of another tenant', resetAbout: 'All their sessions end. Tell them the new password in person, and to change it after signing in.', passwordSet: (login: string) => `The password of ${login} is set.`, made: (login: string) => `${login} is there. Give a role under Grants, and link the person under People.`,
});

const pick = (d: AdminUsersQuery) => d.users;
const created = (d: AdminUserCreateMutation) => d.userCreate;
const disabled = (d: AdminUserDisableMutation) => d.userDisable;
const enabled = (d: AdminUserEnableMutation) => d.userEnable;
const passworded = (d: AdminUserPasswordMutation) => d.userPasswordSet;

export default function Users() {
  const w = useWords(said);
  const s = useWords(shared);
  const { may } = useSession();
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  const list = useMore(AdminUsersDocument, { search: search || null }, pick);
  const [creating, setCreating] = useState(false);
  const [told, setTold] = useState('');
  const [renewing, setRenewing] = useState<{ id: string; login: string } | null>(null);
  const held = (d: AdminUsersQuery, user: string) => d.grants.filter((g) => g.userId === user && !g.revokedAt).map((g) => `${g.unit.shownName} ${d.roles.find((r) => r.key === g.role)?.name ?? g.role}`).join('；');
  return (
    <AdminPage at="users" about={w.about} actions={may('user:create') && <Button type="primary" onClick={() => setCreating(true)}>{w.create}</Button>}>
      <form className="finder no-print" role="search" onSubmit={(e) => { e.preventDefault(); setSearch(typed.trim()); }}>
        <input className="plain-input" type="search" aria-label={w.find} placeholder={w.find} value={typed} onChange={(e) => { setTyped(e.target.value); if (e.target.value === '') setSearch(''); }} />
        <Button htmlType="submit">{w.search}</Button>
      </form>
      {told && <Alert role="status" type="success" showIcon closable={{ onClose: () => setTold('') }} title={told} />}
      <Read data={list.data} error={list.error} again={list.again}>{(d) => list.nodes.length === 0 ? <Nothing>{search ? w.noMatch : w.none}</Nothing> : (
        <div className="scroll"><table className="table">
          <thead><tr><th scope="col">{s.login}</th><th scope="col">{s.person}</th><th scope="col">{s.roles}</th><th scope="col">{s.state}</th>{may('grant:write') && <th scope="col">{s.acts}</th>}</tr></thead>
          <tbody>{list.nodes.map((u) => (
            <tr key={u.id}>
              <th scope="row">{u.login}{u.kind === 'SERVICE' && <Tag>{w.service}</Tag>}{!u.home && <><br /><small className="faint">{w.elsewhere}</small></>}</th>
              <td>{u.person?.name ?? u.person?.pseudonym}</td><td>{held(d, u.id)}</td><td><Tag color={u.active ? 'green' : 'default'}>{u.active ? w.active : w.disabled}</Tag></td>
              {may('grant:write') && <td>{u.home && u.kind === 'PERSON' && <div className="row-acts">
                {u.active ? <ActButton label={w.disable} named={u.login} danger reason document={AdminUserDisableDocument} payload={disabled} input={(reason) => ({ input: { user: u.id, reason } })} done={list.again} />
                  : <ActButton label={w.enable} named={u.login} reason document={AdminUserEnableDocument} payload={enabled} input={(reason) => ({ input: { user: u.id, reason } })} done={list.again} />}
                <Button size="small" aria-label={`${w.reset}：${u.login}`} onClick={() => setRenewing(u)}>{w.reset}</Button>
                <ResetFactor user={u} done={setTold} />
              </div>}</td>}
            </tr>
          ))}</tbody>
        </table></div>
      )}</Read>
      <MoreButton list={list} />
      <Create open={creating} close={() => setCreating(false)} done={(login) => { setTold(w.made(login)); list.again(); }} />
      {renewing && <Renew user={renewing} close={() => setRenewing(null)} done={() => setTold(w.passwordSet(renewing.login))} />}
    </AdminPage>
  );
}

function Create({ open, close, done }: { open: boolean; close: () => void; done: (login: string) => void }) {
  const w = useWords(said);
  const s = useWords(shared);
  const act = useAct(AdminUserCreateDocument, created);
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const submit = async () => {
    const answer = await act.run({ input: { login: login.trim(), password } });
    if (answer) { setLogin(''); setPassword(''); done(login.trim()); }
    return answer !== null;
  };
  return (
    <Asking title={w.create} open={open} close={close} act={act} submit={submit} button={w.create}>
      <Field label={s.login}><Input required autoComplete="off" value={login} onChange={(e) => setLogin(e.target.value)} /></Field>
      <Field label={w.password} hint={w.passwordHint}><Input.Password required autoComplete="new-password" value={password} onChange={(e) => setPassword(e.target.value)} /></Field>
    </Asking>
  );
}

function Renew({ user, close, done }: { user: { id: string; login: string }; close: () => void; done: () => void }) {
  const w = useWords(said);
  const act = useAct(AdminUserPasswordDocument, passworded);
  const [password, setPassword] = useState('');
  const submit = async () => {
    const answer = await act.run({ input: { user: user.id, password } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <Asking title={`${w.reset}：${user.login}`} open close={close} act={act} submit={submit} button={w.reset}>
      <p className="field wide">{w.resetAbout}</p>
      <Field label={w.newPassword} hint={w.passwordHint} wide><Input.Password required autoComplete="new-password" value={password} onChange={(e) => setPassword(e.target.value)} /></Field>
    </Asking>
  );
}

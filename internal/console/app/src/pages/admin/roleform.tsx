import { Alert, Button, Input } from 'antd';
import { useEffect } from 'react';
import { useAct } from '@/api/act';
import { Asking } from '@/parts/asking';
import { useDraft } from '@/parts/draft';
import { Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { AdminRoleChangeDocument, AdminRoleDefineDocument, type AdminRoleChangeMutation, type AdminRoleDefineMutation, type AdminRolesQuery } from './operations';
import { Rights } from './rights';
import { said } from './roles.words';
import { isStale } from './stale';

type Role = AdminRolesQuery['roles'][number];
const defined = (d: AdminRoleDefineMutation) => d.roleDefine;
const changed = (d: AdminRoleChangeMutation) => d.roleChange;
const typedOf = (r: Role | null) => ({ key: r?.key ?? 'own-', nameZh: r?.nameZh ?? '', nameEn: r?.nameEn ?? '', held: r?.permissions.map((p) => p.permission) ?? [], revision: r?.revision ?? 0 });

/** A new role, or a changed one. What is typed outlives the dialog; what somebody else saved meanwhile is told. */
export function RoleForm({ role, permissions, close, again }: { role: Role | null; permissions: AdminRolesQuery['permissions']; close: () => void; again: () => void }) {
  const w = useWords(said);
  const define = useAct(AdminRoleDefineDocument, defined);
  const change = useAct(AdminRoleChangeDocument, changed);
  const act = role ? change : define;
  const { value: typed, set, clear, found } = useDraft(`role.${role?.key ?? 'new'}`, typedOf(role));
  const stale = isStale(act);
  useEffect(() => { if (stale) again(); }, [stale]); // once, when it is met
  const submit = async () => {
    const more = { nameZh: typed.nameZh, nameEn: typed.nameEn, permissions: typed.held };
    const answer = role ? await change.run({ input: { key: role.key, revision: role.revision, ...more } }) : await define.run({ input: { key: typed.key.trim(), ...more } });
    if (answer) { clear(); again(); }
    return answer !== null;
  };
  return (
    <Asking title={role ? `${w.change}：${role.name}` : w.define} open close={close} act={act} submit={submit}>
      {role && role.revision !== typed.revision && <Stale role={role} held={typed.held} permissions={permissions} take={() => { set(typedOf(role)); act.forget(); }} />}
      {found && <p className="field wide faint" role="status">{w.kept} <Button size="small" onClick={clear}>{w.forget}</Button></p>}
      {!role && <Field label={w.key} hint={w.keyHint}><Input required value={typed.key} onChange={(e) => set({ ...typed, key: e.target.value })} /></Field>}
      <Field label={w.zh}><Input required value={typed.nameZh} onChange={(e) => set({ ...typed, nameZh: e.target.value })} /></Field>
      <Field label={w.en}><Input value={typed.nameEn} onChange={(e) => set({ ...typed, nameEn: e.target.value })} /></Field>
      <Rights legend={w.permissions} hint={w.permissionsHint} offered={permissions.filter((p) => p.delegable)} chosen={typed.held}
        toggle={(key, on) => set((old) => ({ ...old, held: on ? [...old.held, key] : old.held.filter((k) => k !== key) }))} />
    </Asking>
  );
}

/** How the role is now, beside what was typed. */
function Stale({ role, held, permissions, take }: { role: Role; held: readonly string[]; permissions: AdminRolesQuery['permissions']; take: () => void }) {
  const w = useWords(said);
  const now = role.permissions.map((p) => p.permission);
  const words = (keys: readonly string[]) => keys.map((k) => permissions.find((p) => p.permission === k)?.description ?? k).join('、');
  return (
    <Alert className="field wide" type="warning" showIcon title={w.stale} action={<Button size="small" onClick={take}>{w.theirs}</Button>}
      description={<>{w.staleAbout(role.name, words(now.filter((k) => !held.includes(k))), words(held.filter((k) => !now.includes(k))))} {w.mine}</>} />
  );
}

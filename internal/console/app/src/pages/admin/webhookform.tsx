import { Alert, Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useAct } from '@/api/act';
import type { WebhookFormat } from '@/api/schema';
import { Asking } from '@/parts/asking';
import { Choice, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { AdminWebhookChangeDocument, AdminWebhookCreateDocument, type AdminWebhookChangeMutation, type AdminWebhookCreateMutation, type AdminWebhooksQuery } from './operations';
import { isStale } from './stale';
import { said } from './webhooks.words';

type Hook = AdminWebhooksQuery['webhooks'][number];
const created = (d: AdminWebhookCreateMutation) => d.webhookCreate;
const changed = (d: AdminWebhookChangeMutation) => d.webhookChange;
const typedOf = (h: Hook | null) => ({ name: h?.name ?? '', address: '', format: h?.format ?? 'STANDARD', secret: '', active: h?.active ?? true, kinds: h?.kinds ?? [] });

/** A new webhook, or a changed one. */
export function WebhookForm({ hook, kinds: known, close, done, again }: { hook: Hook | null; kinds: AdminWebhooksQuery['webhookKinds']; close: () => void; done: (secret: string) => void; again: () => void }) {
  const w = useWords(said);
  const create = useAct(AdminWebhookCreateDocument, created);
  const change = useAct(AdminWebhookChangeDocument, changed);
  const act = hook ? change : create;
  const [typed, setTyped] = useState(() => typedOf(hook));
  const [seen] = useState(hook?.revision ?? 0);
  const stale = isStale(act);
  useEffect(() => { if (stale) again(); }, [stale]); // once, when it is met
  const { name, address, format, active, kinds } = typed;
  const set = (more: Partial<typeof typed>) => setTyped((old) => ({ ...old, ...more }));
  const submit = async () => {
    const own = typed.secret.trim() === '' ? {} : { secret: typed.secret.trim() };
    const answer = hook ? await change.run({ input: { webhook: hook.id, revision: hook.revision, name, kinds, active, ...(address ? { address } : {}), ...own } })
      : await create.run({ input: { name, address, format, kinds, ...own } });
    if (answer) done(answer.secret ?? '');
    return answer !== null;
  };
  const text = (keys: readonly string[]) => keys.map((k) => known.find((x) => x.kind === k)?.text ?? k).join('、');
  return (
    <Asking title={hook ? `${w.change}：${hook.name}` : w.create} open close={close} act={act} submit={submit} ready={kinds.length > 0}>
      {hook && hook.revision !== seen && <Alert className="field wide" type="warning" showIcon title={w.stale} description={`${w.staleNow(hook.name, text(hook.kinds))}${w.mine}`}
        action={<Button size="small" onClick={() => { setTyped(typedOf(hook)); act.forget(); }}>{w.theirs}</Button>} />}
      <Field label={w.name}><Input required value={name} onChange={(e) => set({ name: e.target.value })} /></Field>
      {!hook && <Choice label={w.format} value={format} onChange={(v) => set({ format: v as WebhookFormat })} options={(['STANDARD', 'WECOM', 'DINGTALK'] as const).map((f) => ({ value: f, label: w.formats[f] }))} />}
      <Field label={hook ? w.addressKept : w.address} wide><Input type="url" required={!hook} value={address} onChange={(e) => set({ address: e.target.value })} /></Field>
      {format === 'DINGTALK' && <Field label={w.signing} hint={hook ? w.keptSecret : w.signingHint} wide><Input.Password autoComplete="off" value={typed.secret} onChange={(e) => set({ secret: e.target.value })} /></Field>}
      {hook && <label className="check field wide"><span><input type="checkbox" checked={active} onChange={(e) => set({ active: e.target.checked })} /> {w.active}</span></label>}
      <fieldset className="field wide plain-set"><legend>{w.kinds} <small className="faint">{w.kindsHint}</small></legend>
        <label className="check"><input type="checkbox" checked={kinds.length === known.length} onChange={(e) => set({ kinds: e.target.checked ? known.map((k) => k.kind) : [] })} />{w.all}</label>
        <div className="rights">{known.map((k) => <label key={k.kind}><input type="checkbox" checked={kinds.includes(k.kind)} onChange={(e) => set({ kinds: e.target.checked ? [...kinds, k.kind] : kinds.filter((x) => x !== k.kind) })} /><span>{k.text}</span></label>)}</div>
      </fieldset>
    </Asking>
  );
}

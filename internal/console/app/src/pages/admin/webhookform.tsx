import { Input } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import type { WebhookFormat } from '@/api/schema';
import { Asking } from '@/parts/asking';
import { Choice, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { AdminWebhookChangeDocument, AdminWebhookCreateDocument, type AdminWebhookChangeMutation, type AdminWebhookCreateMutation, type AdminWebhooksQuery } from './operations';
import { said } from './webhooks.words';

const created = (d: AdminWebhookCreateMutation) => d.webhookCreate;
const changed = (d: AdminWebhookChangeMutation) => d.webhookChange;

/** A new webhook, or a changed one. */
export function WebhookForm({ hook, kinds: known, close, done }: { hook: AdminWebhooksQuery['webhooks'][number] | null; kinds: AdminWebhooksQuery['webhookKinds']; close: () => void; done: (secret: string) => void }) {
  const w = useWords(said);
  const create = useAct(AdminWebhookCreateDocument, created);
  const change = useAct(AdminWebhookChangeDocument, changed);
  const [name, setName] = useState(hook?.name ?? '');
  const [address, setAddress] = useState('');
  const [format, setFormat] = useState<WebhookFormat>('STANDARD');
  const [secret, setSecret] = useState('');
  const [active, setActive] = useState(hook?.active ?? true);
  const [kinds, setKinds] = useState(hook?.kinds ?? []);
  const submit = async () => {
    const own = secret.trim() === '' ? {} : { secret: secret.trim() };
    const answer = hook ? await change.run({ input: { webhook: hook.id, revision: hook.revision, name, kinds, active, ...(address ? { address } : {}), ...own } })
      : await create.run({ input: { name, address, format, kinds, ...own } });
    if (answer) done(answer.secret ?? '');
    return answer !== null;
  };
  return (
    <Asking title={hook ? `${w.change}：${hook.name}` : w.create} open close={close} act={hook ? change : create} submit={submit}>
      <Field label={w.name}><Input required value={name} onChange={(e) => setName(e.target.value)} /></Field>
      {!hook && <Choice label={w.format} value={format} onChange={(v) => setFormat(v as WebhookFormat)} options={(['STANDARD', 'WECOM', 'DINGTALK'] as const).map((f) => ({ value: f, label: w.formats[f] }))} />}
      <Field label={hook ? w.addressKept : w.address} wide><Input type="url" required={!hook} value={address} onChange={(e) => setAddress(e.target.value)} /></Field>
      <Field label={w.signing} wide><Input.Password autoComplete="off" value={secret} onChange={(e) => setSecret(e.target.value)} /></Field>
      {hook && <label className="check field wide"><span><input type="checkbox" checked={active} onChange={(e) => setActive(e.target.checked)} /> {w.active}</span></label>}
      <fieldset className="field wide plain-set"><legend>{w.kinds} <small className="faint">{w.kindsHint}</small></legend>
        <div className="rights">{known.map((k) => <label key={k.kind}><input type="checkbox" checked={kinds.includes(k.kind)} onChange={(e) => setKinds(e.target.checked ? [...kinds, k.kind] : kinds.filter((x) => x !== k.kind))} /><span>{k.text} <small className="faint">{k.kind}</small></span></label>)}</div>
      </fieldset>
    </Asking>
  );
}

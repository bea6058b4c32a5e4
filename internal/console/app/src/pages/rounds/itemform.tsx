import { Alert, Button, Flex, Input } from 'antd';
import type { ItemKind } from '@/api/schema';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import type { Names } from '@/parts/names';
import { useDraft } from '@/parts/draft';
import { Choice, Field } from '@/parts/fields';
import { ProblemNote } from '@/parts/problem';
import { useWords } from '@/words/language';
import { WriteRubricDocument } from './operations';
import { shownAs, useEverybody } from './people';
import { said } from './rubric.words';
import { draftOf, emptyItem, freshKey, fromTemplate, hasRows, inputOf, withRows, type ItemDraft, type ItemNow } from './rubricitem';
import { Refused } from './stepbutton';

interface Props {
  full: { id: string; revision: number; rubric: { key: string; ownerId?: string | null }[] }; item: ItemNow | null; names: Names; dimensions: { key: string; name: string }[];
  done: () => void; look: () => void; leave: () => void;
}

/** One item of the rubric, written by its owner or by the office for the owner. */
export function ItemForm({ full, item, names, dimensions, done, look, leave }: Props) {
  const w = useWords(said);
  const { may } = useSession();
  const { people } = useEverybody(!may('person:read'));
  const owner = item?.ownerId ?? '';
  const draft = useDraft<ItemDraft>(`item.${full.id}.${item?.key ?? ''}`, item ? draftOf(item, owner) : emptyItem);
  const act = useAct(WriteRubricDocument, (d) => d.rubricWrite);
  const v = draft.value;
  const put = (more: Partial<ItemDraft>) => draft.set((x) => ({ ...x, ...more }));
  const send = async () => {
    const answer = await act.run({ input: { round: full.id, revision: full.revision, items: [inputOf(v, item)], ...(item && item.key !== v.key.trim() ? { remove: [item.key] } : {}) } });
    if (answer) { draft.clear(); done(); }
  };
  // An item that nobody wrote begins with what the template says of it.
  const offered = item ? [] : names.items.filter((t) => !full.rubric.some((i) => i.ownerId && i.key === t.key));
  const kinds = item && !hasRows(item.kind) && item.kind !== 'POINTS' ? [item.kind] : ['POINTS', ...withRows] as ItemKind[];
  return (
    <form className="card fields" onSubmit={(e) => { e.preventDefault(); void send(); }}>
      {draft.found && <div className="field wide"><Alert role="status" type="info" title={w.draft} /></div>}
      {offered.length > 0 && <Choice wide label={w.template} value={offered.find((t) => t.key === v.key && t.name === v.name)?.key ?? ''} empty={w.templateNone} onChange={(key) => { const t = offered.find((i) => i.key === key); if (t) draft.set((x) => fromTemplate(x, t)); }} options={offered.map((t) => ({ value: t.key, label: `${t.name}（${w.of(t.points)}）` }))} />}
      <Field label={w.name}><Input required maxLength={200} value={v.name} onChange={(e) => put({ name: e.target.value })} /></Field>
      <Field label={w.nameEn}><Input maxLength={200} value={v.nameEn} onChange={(e) => put({ nameEn: e.target.value })} /></Field>
      <Choice label={w.dimension} required value={v.dimension} empty={w.choose} onChange={(dimension) => put({ dimension, ...(v.key.trim() === '' && !full.rubric.some((i) => i.key === dimension) ? { key: dimension } : {}) })} options={dimensions.map((d) => ({ value: d.key, label: d.name }))} />
      <Field label={w.key} hint={w.keyHint}><Input required maxLength={60} value={v.key} onChange={(e) => put({ key: e.target.value })} /></Field>
      <Field label={w.points}><Input required inputMode="decimal" value={v.points} onChange={(e) => put({ points: e.target.value })} /></Field>
      <Choice label={w.kind} value={v.kind} onChange={(kind) => put({ kind: kind as ItemKind })} options={kinds.map((k) => ({ value: k, label: w.kinds[k] }))} />
      {people && <Choice label={w.owner} value={v.owner} empty={w.ownerSelf} onChange={(id) => put({ owner: id })} options={people.map((p) => ({ value: p.id, label: shownAs(p, '9999-12-31') }))} />}
      <Field wide label={w.criteria}><Input.TextArea rows={4} maxLength={20000} value={v.criteria} onChange={(e) => put({ criteria: e.target.value })} /></Field>
      {hasRows(v.kind) && <Rows kind={v.kind} draft={v} put={put} />}
      <fieldset className="field wide plain-set">
        <legend>{w.weights} <small className="faint">{w.weightsHint}</small></legend>
        <Flex gap="small" wrap>{names.channels.map((c) => <Field key={c.key} label={c.name}><Input inputMode="decimal" style={{ width: '6rem' }} value={v.weights[c.key] ?? ''} onChange={(e) => put({ weights: { ...v.weights, [c.key]: e.target.value } })} /></Field>)}</Flex>
      </fieldset>
      <div className="field wide">
        <Refused errors={act.errors} look={look} />
        <ProblemNote problem={act.problem} />
        <Flex gap="small"><Button type="primary" htmlType="submit" loading={act.running}>{w.save}</Button><Button onClick={() => { draft.clear(); leave(); }}>{w.cancel}</Button></Flex>
      </div>
    </form>
  );
}

function Rows({ kind, draft, put }: { kind: (typeof withRows)[number]; draft: ItemDraft; put: (more: Partial<ItemDraft>) => void }) {
  const w = useWords(said);
  const row = (at: number, more: Partial<ItemDraft['rows'][number]>) => put({ rows: draft.rows.map((r, i) => i === at ? { ...r, ...more } : r) });
  return (
    <fieldset className="field wide plain-set">
      <legend>{w.rows[kind]}</legend>
      {draft.rows.map((r, i) => (
        <Flex key={i} gap="small" wrap align="end">
          <Field label={w.rowName}><Input required value={r.name} onChange={(e) => row(i, { name: e.target.value })} /></Field>
          <Field label={w.rowPoints}><Input required inputMode="decimal" style={{ width: '6rem' }} value={r.points} onChange={(e) => row(i, { points: e.target.value })} /></Field>
          <Button danger aria-label={w.removeRow(r.name)} onClick={() => put({ rows: draft.rows.filter((_, at) => at !== i) })}>×</Button>
        </Flex>
      ))}
      <div><Button size="small" onClick={() => put({ rows: [...draft.rows, { key: freshKey(draft.rows), name: '', points: '' }] })}>{w.addRow}</Button></div>
      {kind === 'BONUS' && <Field label={w.cap}><Input inputMode="decimal" style={{ width: '6rem' }} value={draft.cap} onChange={(e) => put({ cap: e.target.value })} /></Field>}
    </fieldset>
  );
}

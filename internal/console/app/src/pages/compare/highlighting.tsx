import { Button, Input } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useMe } from '@/api/session';
import { Asking } from '@/parts/asking';
import { ActNotes, Choice, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { HighlightSaveDocument, HighlightShareDocument, HighlightUnitsDocument, type HighlightSaveMutation, type HighlightShareMutation } from './operations';
import { said } from './highlights.words';

const saved = (d: HighlightSaveMutation) => d.highlightSave;
const shared = (d: HighlightShareMutation) => d.highlightShare;

/** Writes down what is done well. */
export function Highlighting({ dimensions, done }: { dimensions: readonly { key: string; name: string }[]; done: () => void }) {
  const w = useWords(said);
  const me = useMe();
  const [open, setOpen] = useState(false);
  const [{ data }] = useQuery({ query: HighlightUnitsDocument, variables: { parent: me.tenant.unit.id }, pause: !open });
  const act = useAct(HighlightSaveDocument, saved);
  const [unitCode, setUnit] = useState('');
  const [dimension, setDimension] = useState('');
  const [title, setTitle] = useState('');
  const [body, setBody] = useState('');
  const submit = async () => {
    const answer = await act.run({ input: { unitCode, dimension, title, body } });
    if (answer) { setTitle(''); setBody(''); done(); }
    return answer !== null;
  };
  return (
    <>
      <p><Button onClick={() => setOpen(true)}>{w.add}</Button></p>
      <Asking title={w.add} open={open} close={() => setOpen(false)} act={act} submit={submit} button={w.add}>
        <Choice label={w.village} value={unitCode} onChange={setUnit} required empty={w.choose} options={(data?.units.nodes ?? []).filter((u) => u.code != null).map((u) => ({ value: u.code ?? '', label: u.shownName }))} />
        <Choice label={w.dimension} value={dimension} onChange={setDimension} required empty={w.choose} options={dimensions.map((d) => ({ value: d.key, label: d.name }))} />
        <Field label={w.name} wide><Input required value={title} onChange={(e) => setTitle(e.target.value)} /></Field>
        <Field label={w.body} wide><Input.TextArea rows={4} value={body} onChange={(e) => setBody(e.target.value)} /></Field>
      </Asking>
    </>
  );
}

/** Shares a highlight in the county, or no longer. */
export function Share({ highlight, done }: { highlight: { id: string; revision: number; shared: boolean; title: string }; done: () => void }) {
  const w = useWords(said);
  const act = useAct(HighlightShareDocument, shared);
  const label = highlight.shared ? w.unshare : w.share;
  const run = async () => {
    if (await act.run({ input: { highlight: highlight.id, revision: highlight.revision, shared: !highlight.shared } })) done();
  };
  return <><Button size="small" aria-label={`${label}：${highlight.title}`} loading={act.running} onClick={() => void run()}>{label}</Button><ActNotes act={act} /></>;
}

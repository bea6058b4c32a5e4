import { Button, Input } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useMe } from '@/api/session';
import { Asking } from '@/parts/asking';
import { ActNotes, Choice, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { HighlightPiecesDocument, HighlightSaveDocument, HighlightShareDocument, HighlightUnitsDocument, type HighlightSaveMutation, type HighlightShareMutation, type HighlightsQuery } from './operations';
import { said } from './highlights.words';

const saved = (d: HighlightSaveMutation) => d.highlightSave;
const shared = (d: HighlightShareMutation) => d.highlightShare;

type Entered = HighlightsQuery['highlights']['nodes'][number];

/** Writes down what is done well, or changes what was written. */
export function Highlighting({ dimensions, of, done }: { dimensions: readonly { key: string; name: string }[]; of?: Entered; done: () => void }) {
  const w = useWords(said);
  const me = useMe();
  const [open, setOpen] = useState(false);
  const [{ data }] = useQuery({ query: HighlightUnitsDocument, variables: { parent: me.tenant.unit.id }, pause: !open });
  const act = useAct(HighlightSaveDocument, saved);
  const [unitCode, setUnit] = useState(of?.unit.code ?? '');
  const [dimension, setDimension] = useState(of?.dimension ?? '');
  const [title, setTitle] = useState(of?.title ?? '');
  const [body, setBody] = useState(of?.body ?? '');
  const [chosen, setChosen] = useState<string[]>(of?.evidence.map((e) => e.id) ?? []);
  const [pieces] = useQuery({ query: HighlightPiecesDocument, variables: { unitCode }, pause: !open || unitCode === '' });
  const found = pieces.data?.evidence.nodes ?? [];
  const submit = async () => {
    const answer = await act.run({ input: { ...(of && { highlight: of.id, revision: of.revision, item: of.item }), unitCode, dimension, title, body, evidence: chosen } });
    if (answer) { if (!of) { setTitle(''); setBody(''); setChosen([]); } done(); }
    return answer !== null;
  };
  return (
    <>
      {of ? <Button size="small" aria-label={`${w.change}：${of.title}`} onClick={() => setOpen(true)}>{w.change}</Button> : <p><Button onClick={() => setOpen(true)}>{w.add}</Button></p>}
      <Asking title={of ? w.change : w.add} open={open} close={() => setOpen(false)} act={act} submit={submit} button={of ? w.change : w.add}>
        <Choice label={w.village} value={unitCode} onChange={(v) => { setUnit(v); setChosen([]); }} required empty={w.choose} options={(data?.units.nodes ?? []).filter((u) => u.code != null).map((u) => ({ value: u.code ?? '', label: u.shownName }))} />
        <Choice label={w.dimension} value={dimension} onChange={setDimension} required empty={w.choose} options={dimensions.map((d) => ({ value: d.key, label: d.name }))} />
        <Field label={w.name} wide><Input required value={title} onChange={(e) => setTitle(e.target.value)} /></Field>
        <Field label={w.body} wide><Input.TextArea rows={4} value={body} onChange={(e) => setBody(e.target.value)} /></Field>
        {unitCode !== '' && <fieldset className="field wide plain-set">
          <legend>{w.pieces}</legend>
          {found.length === 0 ? <small className="faint">{w.noPieces}</small> : <div className="fields">{found.map((e, n) => (
            <label key={e.id} className="check">
              <input type="checkbox" checked={chosen.includes(e.id)} onChange={(v) => setChosen(v.target.checked ? [...chosen, e.id] : chosen.filter((x) => x !== e.id))} />
              {e.file?.thumbnailUrl && <img src={e.file.thumbnailUrl} alt="" width="48" height="36" loading="lazy" />}
              <span>{e.note || e.file?.name || w.attach(n + 1)} {e.takenOn}</span>
            </label>
          ))}</div>}
        </fieldset>}
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

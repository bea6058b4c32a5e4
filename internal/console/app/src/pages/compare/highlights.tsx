import { Segmented, Tag } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useMe, useSession } from '@/api/session';
import { Choice, MoreButton } from '@/parts/fields';
import { useMore } from '@/parts/more';
import { Nothing, Page, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { Highlighting, Share } from './highlighting';
import { HighlightLibraryDocument, HighlightsDocument, RubricLibraryDocument, type HighlightsQuery } from './operations';
import { Pictures } from './pictures';
import { said } from './highlights.words';

const ways = ['own', 'library', 'rubrics'] as const;
type Way = typeof ways[number];

/** Good practice and rubrics, the own and those shared in the county. */
export default function Highlights() {
  const w = useWords(said);
  const township = useMe().tenant.kind === 'TOWNSHIP';
  const [way, setWay] = useState<Way>(township ? 'own' : 'library');
  const [dimension, setDimension] = useState('');
  const [known, setKnown] = useState<{ key: string; name: string }[]>([]);
  const filter = dimension === '' ? null : dimension;
  return (
    <Page title={w.title} about={w.about}>
      <div className="scroll no-print"><Segmented aria-label={w.title} value={way} onChange={setWay} options={ways.filter((v) => township || v !== 'own').map((v) => ({ value: v, label: w.way[v] }))} /></div>
      <div className="fields no-print"><Choice label={w.dimension} value={dimension} onChange={setDimension} empty={w.all} options={known.map((d) => ({ value: d.key, label: d.name }))} /></div>
      {way === 'own' && <Own dimension={filter} heard={setKnown} />}
      {way === 'library' && <Library key={dimension} dimension={filter} heard={setKnown} />}
      {way === 'rubrics' && <Rubrics dimension={filter} heard={setKnown} />}
    </Page>
  );
}

interface Shown { dimension: string | null; heard: (all: { key: string; name: string }[]) => void }

const pick = (d: HighlightsQuery) => d.highlights;
const nameOf = (all: { key: string; name: string }[], key: string) => all.find((d) => d.key === key)?.name ?? key;

function useHeard(all: { key: string; name: string }[] | undefined, heard: Shown['heard']) {
  const [told, setTold] = useState<unknown>();
  if (all && told !== all) { setTold(all); queueMicrotask(() => heard(all)); }
}

function Own({ dimension, heard }: Shown) {
  const w = useWords(said);
  const { may } = useSession();
  const list = useMore(HighlightsDocument, { dimension }, pick);
  useHeard(list.data?.dimensions, heard);
  return (
    <Read data={list.data} error={list.error} again={list.again}>{(d) => <>
      {may('highlight:write') && <Highlighting dimensions={d.dimensions} done={list.again} />}
      {list.nodes.length === 0 && <Nothing>{w.none}</Nothing>}
      <div className="cards">{list.nodes.map((h) => (
        <article key={h.id} className="card">
          <h2 className="card-title">{h.title}</h2>
          <p className="faint">{h.unit.shownName} · {nameOf(d.dimensions, h.dimension)} · {h.enteredOn} {h.shared && <Tag color="green">{w.shared}</Tag>}</p>
          <p>{h.body}</p>
          <Pictures of={h.title} all={h.evidence.flatMap((e) => (e.file ? [{ url: e.file.url, small: e.file.thumbnailUrl, name: e.file.name }] : []))} />
          <div className="row-acts no-print">
            {may('highlight:write') && <Highlighting key={h.revision} of={h} dimensions={d.dimensions} done={list.again} />}
            {may('highlight:share') && <Share highlight={h} done={list.again} />}
          </div>
        </article>
      ))}</div>
      <MoreButton list={list} />
    </>}</Read>
  );
}

function Library({ dimension, heard }: Shown) {
  const w = useWords(said);
  const [{ data, error }] = useQuery({ query: HighlightLibraryDocument, variables: { dimension } });
  useHeard(data?.dimensions, heard);
  return (
    <Read data={data} error={error}>{(d) => d.highlightLibrary.length === 0 ? <Nothing>{w.noLibrary}</Nothing> : (
      <div className="cards">{d.highlightLibrary.map((h) => (
        <article key={h.id} className="card">
          <h2 className="card-title">{h.title}</h2>
          <p className="faint">{h.host} {h.unit.shownName} · {nameOf(d.dimensions, h.dimension)} · {h.enteredOn}</p>
          <p>{h.body}</p>
          <Pictures of={h.title} all={h.files.map((url) => ({ url, small: `${url}/small`, name: '' }))} />
        </article>
      ))}</div>
    )}</Read>
  );
}

function Rubrics({ dimension, heard }: Shown) {
  const w = useWords(said);
  const [{ data, error }] = useQuery({ query: RubricLibraryDocument, variables: { dimension } });
  useHeard(data?.dimensions, heard);
  return (
    <Read data={data} error={error}>{(d) => d.rubricLibrary.length === 0 ? <Nothing>{w.noRubrics}</Nothing> : (
      <div className="scroll"><table className="table">
        <thead><tr><th scope="col">{w.host}</th><th scope="col">{w.period}</th><th scope="col">{w.item}</th><th scope="col">{w.dimension}</th><th scope="col" className="number">{w.points}</th><th scope="col">{w.criteria}</th></tr></thead>
        <tbody>{d.rubricLibrary.map((r, i) => (
          <tr key={i}><th scope="row">{r.host}<br /><small>{r.competition}</small></th><td>{r.period}</td><td>{r.name}</td><td>{nameOf(d.dimensions, r.dimension)}</td><td className="number">{r.points}</td><td>{r.criteria}</td></tr>
        ))}</tbody>
      </table></div>
    )}</Read>
  );
}

import { useWords } from '@/words/language';
import { at, listOf, nameOf, rowsOf, textOf, type Path } from './document';
import { useEditing, type Editing } from './editing';
import { DocField } from './field';
import { readings, type Reading } from './readings';
import { formOf, nodeAt, schema } from './shape';
import { said } from './words';

/** Every place of a document where a reading is answered. */
export function placesOf(e: Pick<Editing, 'doc'>, reading: Reading): Path[] {
  let places: Path[] = [[]];
  reading.path.forEach((step, i) => {
    places = places.map((p) => [...p, step]);
    if (i === reading.path.length - 1 || formOf(nodeAt(reading.path.slice(0, i + 1))).is !== 'rows') return;
    places = places.flatMap((p) => listOf(at(e.doc, p)).map((_, n) => [...p, n]));
  });
  return places.filter((p) => fits(e, reading, p));
}

// A reading belongs to some rows of a list only: penalties to bands counted from the bottom, and so on.
function fits(e: Pick<Editing, 'doc'>, { q }: Reading, place: Path): boolean {
  const row = at(e.doc, place.slice(0, -1));
  const has = (key: string) => at(row, [key]) !== undefined;
  switch (q) {
    case 'Q4': return at(row, ['do']) === 'points' && rowsOf(e.doc.bands).some((b) => b.key === at(row, ['when']) && b.worst === undefined);
    case 'Q5': return at(row, ['do']) === 'points' && !rowsOf(e.doc.bands).some((b) => b.key === at(row, ['when']) && b.worst === undefined);
    case 'Q6': return !has('worst') && !has('gain') && !has('gainers');
    case 'Q7': return has('worst');
    case 'Q12': return !has('gain') && !has('gainers');
    case 'Q25': return has('gain');
    case 'Q29': return at(row, ['kind']) === 'exam';
    case 'Q17': case 'Q21': return has('quota');
    case 'Q18': case 'Q20': return row !== undefined;
    case 'Q19': return at(row, ['quota', 'atLeast']) !== undefined;
    case 'Q15': case 'Q36': return e.doc.issues !== undefined;
    case 'Q22': case 'Q23': return e.doc.postings !== undefined;
    case 'Q24': return e.doc.tracks !== undefined || has('scope');
    default: return true;
  }
}

/** The readings of this template: the question, and how it is answered here. */
export function ReadingList() {
  const e = useEditing();
  const w = useWords(said);
  const confirm = schema.properties?.confirmAtActivation;
  return (
    <>
      <p>{w.answers}</p>
      <ol className="readings">
        {readings.map((r) => {
          const places = placesOf(e, r);
          return (
            <li key={r.path.join('.') + r.q}>
              <p><span className="tag">{r.q}</span> {e.language === 'en' ? r.en : r.zh}</p>
              {places.length === 0 ? <p className="faint">{w.notUsed}</p>
                : <div className="fields">{places.map((p) => <DocField key={p.join('.')} path={p} node={nodeAt(r.path)} {...labelled(e, p)} />)}</div>}
            </li>
          );
        })}
      </ol>
      {confirm && <DocField path={['confirmAtActivation']} node={confirm} />}
    </>
  );
}

/** Where a reading has several answers, each is named by its row. */
function labelled(e: Editing, place: Path): { label?: string } {
  const rows = place.flatMap((step, i) => (typeof step === 'number' ? [place.slice(0, i + 1)] : []));
  const name = rows.map((p) => nameOf(at(e.doc, [...p, 'name']), e.language) || textOf(at(e.doc, [...p, 'key'])) || bandName(e, textOf(at(e.doc, [...p, 'when'])))).filter(Boolean).join(' · ');
  return name ? { label: name } : {};
}

const bandName = (e: Editing, key: string) => nameOf([...rowsOf(e.doc.bands), ...rowsOf(e.doc.streaks)].find((b) => b.key === key)?.name, e.language) || key;

import { useWords } from '@/words/language';
import { placesOf, rowOf } from './answers';
import { useEditing } from './editing';
import { DocField } from './field';
import { readings } from './readings';
import { nodeAt, schema } from './shape';
import { said } from './words';

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
                : <div className="fields">{places.map((p) => <DocField key={p.join('.')} path={p} node={nodeAt(r.path)} {...labelled(rowOf(e, p))} />)}</div>}
            </li>
          );
        })}
      </ol>
      {confirm && <DocField path={['confirmAtActivation']} node={confirm} />}
    </>
  );
}

const labelled = (row: string): { label?: string } => (row ? { label: row } : {});

import { DocField } from './field';
import { Channels } from './channels';
import { Compare, type Stored } from './compare';
import { useEditing } from './editing';
import { Items } from './items';
import { OutcomeRules } from './rules';
import { parts, type Part } from './parts';
import { ReadingList } from './readinglist';
import { TieSentence, TimeSentence } from './sentences';
import { schema } from './shape';

/** One page of the editor. */
export function Section({ part, stored }: { part: Part; stored: Stored | null }) {
  switch (part) {
    case 'calendar': return <><TimeSentence /><Plainly part={part} /></>;
    case 'channels': return <Channels />;
    case 'items': return <Items />;
    case 'ranking': return <><TieSentence /><Plainly part={part} /></>;
    case 'outcomes': return <><OutcomeRules /><Plainly part={part} /></>;
    case 'readings': return <ReadingList />;
    case 'compare': return <Compare stored={stored} />;
    default: return <Plainly part={part} />;
  }
}

const always = new Set(['calendar', 'scale', 'ranking', 'panels', 'missing', 'announce']);

/** The keys of a page as the schema has them. */
export function Plainly({ part }: { part: Part }) {
  const { doc } = useEditing();
  // Who holds what post is asked only where persons contest.
  const leave = doc.subject !== 'person' && doc.holding === undefined ? ['holding'] : [];
  return (
    <div className="fields">
      {parts[part].filter((key) => !leave.includes(key)).map((key) => {
        const node = schema.properties?.[key];
        return node && <DocField key={key} path={[key]} node={node} required={always.has(key) || schema.required?.includes(key) === true} />;
      })}
    </div>
  );
}

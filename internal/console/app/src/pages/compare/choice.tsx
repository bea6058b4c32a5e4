import { Button } from 'antd';
import { useState } from 'react';
import { Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import type { ComparisonHeadFragment } from './operations';
import type { Span } from './span';
import './heat.css';
import { said } from './words';

/** From when to when, and by which dimensions. */
export function SpanChoice({ span, change, dimensions }: { span: Span; change: (next: Partial<Span>) => void; dimensions: ComparisonHeadFragment['dimensions'] }) {
  const w = useWords(said);
  const [from, setFrom] = useState(span.from);
  const [to, setTo] = useState(span.to);
  const [chosen, setChosen] = useState(span.dimensions);
  return (
    <form className="card no-print" onSubmit={(e) => { e.preventDefault(); change({ from, to, dimensions: chosen }); }}>
      <div className="fields span">
        <Field label={w.from}><input className="plain-input" type="month" required pattern="\d{4}-\d{2}" value={from} onChange={(e) => setFrom(e.target.value)} /></Field>
        <Field label={w.to}><input className="plain-input" type="month" required pattern="\d{4}-\d{2}" value={to} onChange={(e) => setTo(e.target.value)} /></Field>
        <Button htmlType="submit" type="primary">{w.show}</Button>
      </div>
      {dimensions.length > 0 && (
        <details>
          <summary>{w.dimensions}{chosen.length > 0 && `（${chosen.length}）`}</summary>
          <div className="fields">{dimensions.map((d) => (
            <label key={d.key} className="check">
              <input type="checkbox" checked={chosen.includes(d.key)} onChange={(e) => setChosen(e.target.checked ? [...chosen, d.key] : chosen.filter((k) => k !== d.key))} />{d.name}
            </label>
          ))}</div>
        </details>
      )}
    </form>
  );
}

import { useId } from 'react';
import type { CheckState } from '@/api/schema';
import { useWords } from '@/words/language';
import { fits, stepped, typed } from './decimal';
import type { Cell } from './desk';
import type { Draft } from './draft';
import { said } from './words';

interface ControlProps { cell: Cell; draft: Draft; put: (draft: Draft) => void }

/** The control that fits the item's kind, big enough for a thumb. */
export function Control(props: ControlProps) {
  switch (props.cell.item.kind) {
    case 'CHECKLIST': return <Checks {...props} />;
    case 'DEDUCTIONS': case 'BONUS': return <Events {...props} />;
    case 'LEVELS': return <Levels {...props} />;
    case 'VETO': return <Veto {...props} />;
    default: return <Points {...props} />;
  }
}

function Points({ cell, draft, put }: ControlProps) {
  const w = useWords(said);
  const note = useId();
  const { low, high } = cell.channel;
  const step = cell.channel.step || '1';
  const value = draft.value ?? '';
  const bad = fits(value, cell.channel.step, low, high);
  const move = (by: number) => put({ ...draft, value: stepped(value, by, step, low, high) });
  return (
    <>
      <div className="m-stepper">
        <button type="button" className="m-big" aria-label={w.lower(step)} onClick={() => move(-1)}>−</button>
        <input className="m-value" inputMode="decimal" aria-label={`${cell.item.name} ${cell.channel.name} ${w.value}`} aria-describedby={note} aria-invalid={value !== '' && bad !== 'ok'}
          value={value} onChange={(e) => put({ ...draft, value: typed(e.target.value) })} />
        <button type="button" className="m-big" aria-label={w.raise(step)} onClick={() => move(1)}>＋</button>
      </div>
      <input className="m-slide" type="range" min={low} max={high} step={step} aria-label={`${cell.item.name} ${cell.channel.name} ${w.slide}`}
        value={fits(value, '', low, high) === 'ok' ? value : low} onChange={(e) => put({ ...draft, value: e.target.value })} />
      <p id={note} className={value !== '' && bad !== 'ok' ? 'm-wrong' : 'faint'}>
        {w.range(low, high)}{cell.channel.step && `，${w.stepBy(cell.channel.step)}`}{high !== cell.item.points && `，${w.scaled(cell.item.points)}`}{value !== '' && w.bad[bad] && `　${w.bad[bad]}`}
      </p>
    </>
  );
}

/** Buttons of which one is pressed. */
function Pick<T extends string>({ label, value, options, onPick }: { label: string; value: T | undefined; options: readonly { value: T; label: string; about?: string }[]; onPick: (v: T) => void }) {
  const name = useId();
  return (
    <div className="m-picks" role="radiogroup" aria-label={label}>
      {options.map((o) => (
        <label key={o.value} className={value === o.value ? 'm-pick on' : 'm-pick'}>
          <input type="radio" name={name} checked={value === o.value} onChange={() => onPick(o.value)} />
          <span>{o.label}{o.about && <small>{o.about}</small>}</span>
        </label>
      ))}
    </div>
  );
}

function Checks({ cell, draft, put }: ControlProps) {
  const w = useWords(said);
  const answers = [{ value: 'YES', label: w.yes }, { value: 'NO', label: w.no }, { value: 'NA', label: w.na }] as const;
  return (
    <ol className="m-checks">
      {cell.item.rule.checks.map((c) => (
        <li key={c.key}>
          <div><span>{c.name}</span> <small className="faint">{w.points(c.points)}</small></div>
          <Pick<CheckState> label={c.name} value={draft.checks?.[c.key]} options={answers} onPick={(answer) => put({ ...draft, checks: { ...draft.checks, [c.key]: answer } })} />
        </li>
      ))}
    </ol>
  );
}

function Events({ cell, draft, put }: ControlProps) {
  const w = useWords(said);
  const sign = cell.item.kind === 'BONUS' ? '+' : '−';
  const put1 = (key: string, count: number) => put({ ...draft, events: { ...draft.events, [key]: Math.min(1000, Math.max(0, count)) } });
  return (
    <>
      <ul className="m-checks">
        {cell.item.rule.table.map((row) => {
          const count = draft.events?.[row.key] ?? 0;
          return (
            <li key={row.key}>
              <div><span>{row.name}</span> <small className="faint">{w.perEvent(sign + row.points)}</small></div>
              <div className="m-stepper small">
                <button type="button" className="m-big" aria-label={`${row.name} ${w.fewer}`} disabled={count === 0} onClick={() => put1(row.key, count - 1)}>−</button>
                <output className="m-value" aria-label={`${row.name} ${w.times}`}>{count}</output>
                <button type="button" className="m-big" aria-label={`${row.name} ${w.more}`} onClick={() => put1(row.key, count + 1)}>＋</button>
              </div>
            </li>
          );
        })}
      </ul>
      <label className="m-check-line"><input type="checkbox" checked={draft.events !== undefined && Object.values(draft.events).every((n) => !n)} onChange={(e) => put({ ...draft, events: e.target.checked ? {} : undefined })} />{w.noEvents}</label>
    </>
  );
}

function Levels({ cell, draft, put }: ControlProps) {
  const w = useWords(said);
  return <Pick label={cell.item.name} value={draft.level || undefined} options={cell.item.rule.levels.map((l) => ({ value: l.key, label: l.name, about: w.points(l.points) }))} onPick={(level) => put({ ...draft, level })} />;
}

function Veto({ cell, draft, put }: ControlProps) {
  const w = useWords(said);
  return (
    <>
      {cell.item.rule.basis && <p className="faint">{w.vetoBasis(cell.item.rule.basis)}</p>}
      <Pick label={cell.item.name} value={draft.veto === undefined ? undefined : draft.veto ? 'yes' : 'no'} options={[{ value: 'no', label: w.vetoNot }, { value: 'yes', label: w.vetoes }]} onPick={(v) => put({ ...draft, veto: v === 'yes' })} />
    </>
  );
}

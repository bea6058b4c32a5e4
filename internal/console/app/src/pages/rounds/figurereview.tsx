import { Alert, Button, Flex, Input } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { Asking } from '@/parts/asking';
import { ActNotes, Field } from '@/parts/fields';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { useNeedName, type Figures } from './figures';
import { said } from './figures.words';
import { once } from './once';
import { ConfirmFiguresDocument, RejectFiguresDocument } from './operations';

/** What was entered, and the second person's word on it. */
export function FigureReview({ full, again }: { full: Figures; again: () => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const moment = useMoment();
  const named = useNeedName();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const shown = full.figures.filter((f) => f.state !== 'SUPERSEDED');
  if (shown.length === 0) return null;
  const open = may('figure:confirm') ? shown.filter((f) => f.state === 'ENTERED') : [];
  const ids = open.filter((f) => chosen.has(f.id)).map((f) => f.id);
  const every = open.length > 0 && ids.length === open.length;
  const who = (subject: string) => full.roster.find((e) => e.subject === subject)?.name ?? '';
  const what = (f: (typeof shown)[number]) => named({ kind: f.kind, key: f.key, names: full.figuresNeeded.find((n) => n.kind === f.kind && n.key === f.key)?.names ?? [] });
  const toggle = (id: string) => setChosen((before) => { const next = new Set(before); if (!next.delete(id)) next.add(id); return next; });
  return (
    <>
      <div className="scroll">
        <table className="table">
          <caption>{w.entered}</caption>
          <thead><tr>
            {open.length > 0 && <th scope="col"><input type="checkbox" aria-label={w.pickAll} checked={every} onChange={() => setChosen(every ? new Set() : new Set(open.map((f) => f.id)))} /></th>}
            <th scope="col">{w.village}</th><th scope="col" className="number">{w.value}</th><th scope="col">{w.what}</th><th scope="col">{w.state}</th><th scope="col">{w.basis}</th><th scope="col">{w.at}</th>
          </tr></thead>
          <tbody>{shown.map((f) => (
            <tr key={f.id}>
              {open.length > 0 && <td>{f.state === 'ENTERED' && <input type="checkbox" aria-label={w.pick(`${who(f.subject)} ${what(f)} ${f.sitter}`)} checked={chosen.has(f.id)} onChange={() => toggle(f.id)} />}</td>}
              <th scope="row">{who(f.subject)}{f.sitter && <small className="cell-note faint">{f.sitter}</small>}</th>
              <td className="number">{f.value ?? w.absent}</td><td>{what(f)}</td>
              <td>{w.states[f.state]}{f.rejection && <small className="cell-note">{w.rejectedFor(f.rejection)}</small>}</td>
              <td>{[f.source, f.reason].filter(Boolean).join('；')}</td><td className="nowrap">{moment(f.enteredAt)}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
      {may('figure:confirm') && <Deciding round={full.id} ids={ids} done={() => { setChosen(new Set()); again(); }} />}
    </>
  );
}

function Deciding({ round, ids, done }: { round: string; ids: string[]; done: () => void }) {
  const w = useWords(said);
  const confirming = useAct(ConfirmFiguresDocument, (d) => d.figuresConfirm);
  const rejecting = useAct(RejectFiguresDocument, (d) => d.figuresReject);
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [after, setAfter] = useState(0);
  const confirm = async () => {
    setAfter(0);
    if (await confirming.run({ input: { round, figures: ids } })) { setAfter(ids.length); done(); }
  };
  const reject = async () => {
    const answer = await rejecting.run({ input: { round, figures: ids, reason } });
    if (answer) { setReason(''); setAfter(ids.length); done(); }
    return answer !== null;
  };
  return (
    <div className="no-print deciding">
      {after > 0 && <Alert role="status" type="success" showIcon title={w.done(after)} />}
      <ActNotes act={{ problem: confirming.problem, errors: once(confirming.errors, w.several) }} />
      <Flex gap="small" wrap>
        <Button type="primary" disabled={ids.length === 0} loading={confirming.running} onClick={() => void confirm()}>{w.confirm(ids.length)}</Button>
        <Button danger disabled={ids.length === 0} onClick={() => setAsking(true)}>{w.reject(ids.length)}</Button>
      </Flex>
      <Asking title={w.rejectTitle} open={asking} close={() => setAsking(false)} act={rejecting} submit={reject} button={w.reject(ids.length)} danger ready={reason.trim() !== ''}>
        <Field wide label={w.rejectReason}><Input.TextArea rows={2} required maxLength={2000} value={reason} onChange={(e) => setReason(e.target.value)} /></Field>
      </Asking>
    </div>
  );
}

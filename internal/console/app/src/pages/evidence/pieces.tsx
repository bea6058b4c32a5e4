import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { Asking } from '@/parts/asking';
import { Choice, Field, MoreButton } from '@/parts/fields';
import type { Growing } from '@/parts/more';
import { Nothing } from '@/parts/page';
import { useWords } from '@/words/language';
import { EvidenceAgainDocument, EvidenceBackDocument, type EvidenceHomeQuery, type EvidencePieceFragment } from './operations';
import { said } from './words';

type Rounds = EvidenceHomeQuery['rounds']['nodes'];

/** The pieces there are, newest first. */
export function Pieces({ list, rounds, filtered, again }: { list: Growing<EvidenceHomeQuery, EvidencePieceFragment>; rounds: Rounds; filtered: boolean; again: () => void }) {
  const w = useWords(said);
  const [what, setWhat] = useState<{ act: 'reuse' | 'withdraw'; piece: EvidencePieceFragment } | null>(null);
  if (list.nodes.length === 0) return <Nothing>{filtered ? w.none : w.nothing}</Nothing>;
  return (
    <>
      <ul className="evidence-pieces">{list.nodes.map((p) => <li key={p.id}><Piece piece={p} act={(act) => setWhat({ act, piece: p })} /></li>)}</ul>
      <MoreButton list={list} />
      {what?.act === 'reuse' && <Reuse piece={what.piece} rounds={rounds} close={() => setWhat(null)} again={again} />}
      {what?.act === 'withdraw' && <Withdraw piece={what.piece} close={() => setWhat(null)} again={again} />}
    </>
  );
}

function Piece({ piece: p, act }: { piece: EvidencePieceFragment; act: (what: 'reuse' | 'withdraw') => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const name = `${p.unit.shownName} ${w.kinds[p.kind]} ${p.takenOn}`;
  return (
    <article className={p.withdrawn ? 'evidence-piece gone' : 'evidence-piece'} aria-label={name}>
      {p.file ? <a href={p.file.url} target="_blank" rel="noreferrer">{p.file.thumbnailUrl ? <img src={p.file.thumbnailUrl} alt={p.note || name} loading="lazy" /> : <span className="evidence-file">{p.file.name || w.file}</span>}</a> : <span className="evidence-file">{w.noFile}</span>}
      <strong>{p.unit.shownName}</strong>
      <span>{w.kinds[p.kind]} · {p.takenOn}{p.reuses && ` · ${w.reused}`}</span>
      {p.note && <span>{p.note}</span>}
      {p.askedRole && <span>{p.askedRole}{p.answer && `：${w.answers[p.answer]}`}</span>}
      {p.withdrawn ? <span className="faint">{w.withdrawn(p.withdrawnReason)}</span> : may('evidence:write') && (
        <span className="no-print"><Button size="small" onClick={() => act('reuse')}>{w.reuse}</Button> <Button size="small" onClick={() => act('withdraw')}>{w.withdraw}</Button></span>
      )}
    </article>
  );
}

function Reuse({ piece, rounds, close, again }: { piece: EvidencePieceFragment; rounds: Rounds; close: () => void; again: () => void }) {
  const w = useWords(said);
  const act = useAct(EvidenceAgainDocument, (d) => d.evidenceReuse);
  const [round, setRound] = useState('');
  const submit = async () => {
    const done = await act.run({ input: { evidence: piece.id, round } });
    if (done) again();
    return done !== null;
  };
  return (
    <Asking title={w.reuseTitle} open close={close} act={act} submit={submit} ready={round !== ''} button={w.reuse}>
      <p className="field wide">{w.reuseAbout}</p>
      <Choice label={w.round} value={round} empty={w.choose} required options={rounds.filter((r) => r.state !== 'CANCELLED').map((r) => ({ value: r.id, label: `${r.competition.name} ${r.period}` }))} onChange={setRound} />
    </Asking>
  );
}

function Withdraw({ piece, close, again }: { piece: EvidencePieceFragment; close: () => void; again: () => void }) {
  const w = useWords(said);
  const act = useAct(EvidenceBackDocument, (d) => d.evidenceWithdraw);
  const [reason, setReason] = useState('');
  const submit = async () => {
    const done = await act.run({ input: { evidence: piece.id, reason } });
    if (done) again();
    return done !== null;
  };
  return (
    <Asking title={w.withdrawTitle} open close={close} act={act} submit={submit} ready={reason.trim() !== ''} button={w.withdraw} danger>
      <Field label={w.reason} hint={w.withdrawHint} wide><textarea className="plain-input" rows={3} value={reason} onChange={(e) => setReason(e.target.value)} /></Field>
    </Asking>
  );
}

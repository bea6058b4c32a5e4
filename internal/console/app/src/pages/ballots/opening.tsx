import { Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useMe } from '@/api/session';
import { Asking } from '@/parts/asking';
import { Choice, Field } from '@/parts/fields';
import { Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { BallotOpenDocument, BallotSetupDocument, type BallotOpenMutation, type BallotSetupQuery } from './operations';
import { said } from './words';
import './ballots.css';

const opened = (d: BallotOpenMutation) => d.pollOpen;

/** Whom it is about: the roster of a round, or villages or people chosen by hand. */
type About = 'round' | 'village' | 'person';

/** Sets a ballot up: which form of the template, about whom. */
export function Opening({ competition, close }: { competition: string; close: () => void }) {
  const w = useWords(said);
  const navigate = useNavigate();
  const act = useAct(BallotOpenDocument, opened);
  const township = useMe().tenant.unit.id;
  const [{ data, error }] = useQuery({ query: BallotSetupDocument, variables: { competition, township } });
  const [form, setForm] = useState({ title: '', key: '', about: '' as About | '', round: '' });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const known = data?.node && 'ballotKinds' in data.node ? data.node : undefined;
  const rounds = known?.rounds.nodes ?? [];
  const ballots = known?.ballotKinds ?? [];
  const about = form.about || (rounds.length > 0 ? 'round' : 'village');
  const list = about === 'round' ? [] : candidates(data, about);
  const submit = async () => {
    const subjects = list.filter((c) => chosen.has(c.subject));
    const answer = await act.run({ input: {
      competition, ...(form.title ? { title: form.title } : {}), ...(form.key ? { key: form.key } : {}),
      ...(about === 'round' ? { round: form.round || (rounds[0]?.id ?? '') } : { subjects }),
    } });
    if (answer?.poll) await navigate(`/ballots/${encodeURIComponent(answer.poll.id)}`);
    return answer !== null;
  };
  const toggle = (id: string, on: boolean) => setChosen((old) => { const now = new Set(old); if (on) now.add(id); else now.delete(id); return now; });
  return (
    <Asking title={w.open} open close={close} act={act} submit={submit} button={w.open} ready={known !== undefined && ballots.length > 0 && (about === 'round' || chosen.size > 0)}>
      <Read data={known} error={error}>{() => ballots.length === 0 ? <p className="field wide">{w.noForm}</p> : <>
        <p className="field wide">{w.openAbout}</p>
        <Field label={w.name} hint={w.nameHint}><Input value={form.title} onChange={(e) => setForm({ ...form, title: e.target.value })} /></Field>
        {ballots.length > 1 && <Choice label={w.key} required value={form.key} empty="" onChange={(key) => setForm({ ...form, key })} options={ballots.map((b) => ({ value: b.key, label: b.name }))} />}
        <Choice label={w.subjectKind} value={about} onChange={(v) => { setForm({ ...form, about: v as About }); setChosen(new Set()); }}
          options={(['round', 'village', 'person'] as const).filter((a) => a !== 'round' || rounds.length > 0).map((a) => ({ value: a, label: w.abouts[a] }))} />
        {about === 'round' && <Choice label={w.round} value={form.round || (rounds[0]?.id ?? '')} onChange={(round) => setForm({ ...form, round })} options={rounds.map((r) => ({ value: r.id, label: r.period }))} />}
        {about !== 'round' && <fieldset className="field wide plain-set subjects">
          <legend>{w.choose(chosen.size)}</legend>
          {list.map((c) => <label key={c.subject} className="check"><input type="checkbox" checked={chosen.has(c.subject)} onChange={(e) => toggle(c.subject, e.target.checked)} />{c.name}</label>)}
        </fieldset>}
      </>}</Read>
    </Asking>
  );
}

function candidates(data: BallotSetupQuery | undefined, about: 'village' | 'person'): { subject: string; name: string }[] {
  if (about === 'village') return (data?.units.nodes ?? []).map((u) => ({ subject: u.id, name: u.shownName }));
  return (data?.people.nodes ?? []).map((p) => ({ subject: p.id, name: p.name ?? p.pseudonym }));
}

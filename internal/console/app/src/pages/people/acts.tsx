import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useMe } from '@/api/session';
import { Asking } from '@/parts/asking';
import { Choice, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { PersonLoginDocument, PersonNameDocument, PersonWorkDocument, PostFinishDocument, WorkHandOverDocument, type PersonLoginMutation, type PersonNameMutation, type PostFinishMutation, type WorkHandOverMutation } from './operations';
import type { Person } from './roster';
import { said } from './words';

const called = (p: Person) => p.name ?? p.pseudonym;

export function EndPost({ id, name, done }: { id: string; name: string; done: () => void }) {
  const w = useWords(said);
  const { today } = useMe();
  const [open, setOpen] = useState(false);
  const [on, setOn] = useState(today);
  const act = useAct(PostFinishDocument, useCallback((d: PostFinishMutation) => d.postEnd, []));
  const submit = async () => {
    const answer = await act.run({ input: { post: id, on } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <>
      <Button size="small" aria-label={`${w.endPost} ${name}`} onClick={() => setOpen(true)}>{w.endPost}</Button>
      <Asking title={`${w.endPost}：${name}`} open={open} close={() => setOpen(false)} act={act} submit={submit} danger>
        <p className="field wide">{w.endAbout}</p>
        <Field label={w.to}><input className="plain-input" type="date" required value={on} onChange={(e) => setOn(e.target.value)} /></Field>
      </Asking>
    </>
  );
}

export function Rename({ person, done }: { person: Person; done: () => void }) {
  const w = useWords(said);
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(person.name ?? '');
  const act = useAct(PersonNameDocument, useCallback((d: PersonNameMutation) => d.personRename, []));
  const submit = async () => {
    const answer = await act.run({ input: { person: person.id, name: name.trim() } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <>
      <Button size="small" aria-label={`${w.rename} ${called(person)}`} onClick={() => setOpen(true)}>{w.rename}</Button>
      <Asking title={`${w.rename}：${called(person)}`} open={open} close={() => setOpen(false)} act={act} submit={submit}>
        <p className="field wide">{w.renameAbout}</p>
        <Field label={w.name}><input className="plain-input" required value={name} onChange={(e) => setName(e.target.value)} /></Field>
      </Asking>
    </>
  );
}

export function LinkLogin({ person, done }: { person: Person; done: () => void }) {
  const w = useWords(said);
  const [open, setOpen] = useState(false);
  const [login, setLogin] = useState('');
  const act = useAct(PersonLoginDocument, useCallback((d: PersonLoginMutation) => d.personLink, []));
  const submit = async () => {
    const answer = await act.run({ input: { person: person.id, login: login.trim() || null } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <>
      <Button size="small" aria-label={`${w.link} ${called(person)}`} onClick={() => setOpen(true)}>{w.link}</Button>
      <Asking title={`${w.link}：${called(person)}`} open={open} close={() => setOpen(false)} act={act} submit={submit}>
        <p className="field wide">{w.linkAbout}</p>
        <Field label={w.login}><input className="plain-input" autoCapitalize="none" value={login} onChange={(e) => setLogin(e.target.value)} /></Field>
      </Asking>
    </>
  );
}

export function HandOver({ person, others, done }: { person: Person; others: readonly Person[]; done: () => void }) {
  const w = useWords(said);
  const [open, setOpen] = useState(false);
  const [to, setTo] = useState('');
  const [note, setNote] = useState('');
  const [{ data }] = useQuery({ query: PersonWorkDocument, variables: { person: person.id }, pause: !open });
  const act = useAct(WorkHandOverDocument, useCallback((d: WorkHandOverMutation) => d.handOver, []));
  const submit = async () => {
    const answer = await act.run({ input: { from: person.id, to, note: note.trim() || null } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <>
      <Button size="small" aria-label={`${w.handOver} ${called(person)}`} onClick={() => setOpen(true)}>{w.handOver}</Button>
      <Asking title={`${w.handOver}：${called(person)}`} open={open} close={() => setOpen(false)} act={act} submit={submit} ready={to !== ''}>
        <p className="field wide">{w.handAbout}</p>
        <div className="field wide"><span>{w.work}</span>{data && (data.openWork.length === 0 ? <p>{w.noWork}</p> : <ul className="plain">{data.openWork.map((x, i) => <li key={i}>{x.title}（{w.due(x.due)}）</li>)}</ul>)}</div>
        <Choice label={w.receiver} value={to} empty="—" options={others.map((o) => ({ value: o.id, label: `${called(o)}${o.posts[0] ? `（${o.posts[0].label}）` : ''}` }))} onChange={setTo} />
        <Field label={w.note}><input className="plain-input" value={note} onChange={(e) => setNote(e.target.value)} /></Field>
      </Asking>
    </>
  );
}

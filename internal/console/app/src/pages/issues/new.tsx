import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useMe, useSession } from '@/api/session';
import { useDraft } from '@/parts/draft';
import { ActNotes, Choice, Field } from '@/parts/fields';
import { namesOf } from '@/parts/names';
import { Page, Read } from '@/parts/page';
import { useLanguage, useWords } from '@/words/language';
import { Attachments, type Attached } from './attach';
import { itemsOf } from './items';
import { IssueFormDocument, IssueOpenDocument, type IssueFormQuery } from './operations';
import { said } from './words';
import './issues.css';

interface Typed { competition: string; unitCode: string; title: string; place: string; item: string; base: string; due: string; problem: string; plan: string; responsible: string; serious: boolean; files: readonly Attached[] }

/** Opens an issue, from a visit or from what was found while marking. */
export default function NewIssue() {
  const w = useWords(said);
  const { may } = useSession();
  const { tenant } = useMe();
  const [{ data, error }, again] = useQuery({ query: IssueFormDocument, variables: { township: tenant.unit.id, people: may('person:read') } });
  return (
    <Page title={w.form.title} about={w.form.about} actions={<Link to="/issues">{w.back}</Link>}>
      <Read data={data} error={error} again={() => again({ requestPolicy: 'network-only' })}>{(d) => <Form data={d} />}</Read>
    </Page>
  );
}

function Form({ data }: { data: IssueFormQuery }) {
  const w = useWords(said);
  const { language } = useLanguage();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const { today } = useMe();
  const [from] = useState(() => ({ round: search.get('round') ?? undefined, visit: search.get('visit') ?? undefined }));
  const act = useAct(IssueOpenDocument, (d) => d.issueOpen);
  const competitions = data.competitions.nodes;
  const draft = useDraft<Typed>(`issue.new.${from.visit ?? from.round ?? ''}`, {
    competition: search.get('competition') ?? (competitions.length === 1 ? competitions[0]?.id ?? '' : ''), unitCode: search.get('village') ?? '', title: '', place: '', item: search.get('item') ?? '',
    base: '', due: '', problem: '', plan: '', responsible: '', serious: false, files: [],
  });
  const v = draft.value;
  const put = (part: Partial<Typed>) => draft.set((d) => ({ ...d, ...part }));
  const exported = competitions.find((c) => c.id === v.competition)?.versions.at(-1)?.template.export ?? '';
  const names = namesOf(exported, language);
  const items = itemsOf(exported).map((key) => ({ value: key, label: names.item(key) }));
  const send = async () => {
    const done = await act.run({ input: {
      competition: v.competition, unitCode: v.unitCode, title: v.title, base: v.base.trim(), due: v.due, serious: v.serious,
      ...(from.round ? { round: from.round } : {}), ...(from.visit ? { visit: from.visit } : {}), ...(v.place.trim() ? { place: v.place } : {}), ...(v.item ? { item: v.item } : {}),
      ...(v.problem.trim() ? { problem: v.problem } : {}), ...(v.plan.trim() ? { plan: v.plan } : {}), ...(v.responsible ? { responsible: v.responsible } : {}), ...(v.files.length > 0 ? { evidence: v.files.map((f) => f.id) } : {}),
    } });
    if (!done?.issue) return;
    draft.clear();
    await navigate(`/issues/${encodeURIComponent(done.issue.id)}`, { replace: true });
  };
  const people = data.people?.nodes ?? [];
  return (
    <form className="card fields" onSubmit={(e) => { e.preventDefault(); void send(); }}>
      <Choice label={w.competition} value={v.competition} empty={w.choose} required options={competitions.map((c) => ({ value: c.id, label: c.name }))} onChange={(competition) => put({ competition, item: '' })} />
      <Choice label={w.village} value={v.unitCode} empty={w.choose} required options={data.units.nodes.map((u) => ({ value: u.code ?? '', label: u.shownName }))} onChange={(unitCode) => put({ unitCode })} />
      {items.length > 0 && <Choice label={w.form.item} value={v.item} empty={w.form.noItem} options={items} onChange={(item) => put({ item })} />}
      <Field label={w.form.what} hint={w.form.whatHint} wide><input className="plain-input" required maxLength={200} value={v.title} onChange={(e) => put({ title: e.target.value })} /></Field>
      <Field label={w.form.where}><input className="plain-input" value={v.place} onChange={(e) => put({ place: e.target.value })} /></Field>
      <Field label={w.form.base} hint={w.form.baseHint}><input className="plain-input" inputMode="decimal" required value={v.base} onChange={(e) => put({ base: e.target.value })} /></Field>
      <Field label={w.form.due}><input type="date" className="plain-input" required min={today} value={v.due} onChange={(e) => put({ due: e.target.value })} /></Field>
      <Field label={w.form.problem} hint={w.form.problemHint}><input className="plain-input" value={v.problem} onChange={(e) => put({ problem: e.target.value })} /></Field>
      {people.length > 0 && <Choice label={w.form.responsible} value={v.responsible} empty={w.form.none} options={people.map((p) => ({ value: p.id, label: p.name ?? p.pseudonym }))} onChange={(responsible) => put({ responsible })} />}
      <Field label={w.form.plan} wide><textarea className="plain-input" rows={3} value={v.plan} onChange={(e) => put({ plan: e.target.value })} /></Field>
      <div className="field wide"><label className="check"><input type="checkbox" checked={v.serious} onChange={(e) => put({ serious: e.target.checked })} />{w.form.serious}</label></div>
      {v.competition && v.unitCode ? <Attachments of={{ competition: v.competition, unitCode: v.unitCode, item: v.item, round: from.round }} value={v.files} onChange={(next) => draft.set((d) => ({ ...d, files: next(d.files) }))} /> : <p className="faint field wide">{w.form.photoFirst}</p>}
      <div className="field wide"><ActNotes act={act} /><div className="issue-steps"><Button type="primary" htmlType="submit" loading={act.running}>{w.form.send}</Button><small className="faint">{w.form.kept}</small></div></div>
    </form>
  );
}

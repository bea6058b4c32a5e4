import { Alert, Button } from 'antd';
import { useCallback } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useMe } from '@/api/session';
import { useDraft } from '@/parts/draft';
import { ActNotes, Choice, Field } from '@/parts/fields';
import { Nothing, Page, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { BasicsForm } from './basics';
import { groupOf, monthOf, noticeOf, type Basics } from './notice';
import { CompetitionOpenDocument, CompetitionStartDocument, type CompetitionOpenMutation, type CompetitionStartQuery } from './operations';
import { said } from './words';
import './programme.css';

/** A new competition: what it is called, the template that rules it, its notice and leading group. */
export default function CreatePage() {
  const w = useWords(said);
  const [{ data, error }, again] = useQuery({ query: CompetitionStartDocument });
  return (
    <Page title={w.create}>
      <Read data={data} error={error} again={() => again({ requestPolicy: 'network-only' })}>
        {(d) => d.templates.nodes.some((t) => t.active) ? <CreateForm templates={d.templates.nodes.filter((t) => t.active)} /> : <Nothing action={<Link to="/templates">{w.toTemplates}</Link>}>{w.noActive}</Nothing>}
      </Read>
    </Page>
  );
}

interface Typed { name: string; template: string; fromPeriod: string; trial: boolean; basics: Basics }

function CreateForm({ templates }: { templates: CompetitionStartQuery['templates']['nodes'] }) {
  const w = useWords(said);
  const me = useMe();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const chosen = templates.find((t) => t.id === search.get('template')) ?? (templates.length === 1 ? templates[0] : undefined);
  const year = me.today.slice(0, 4);
  const name = chosen ? `${year}年${chosen.name}` : '';
  const draft = useDraft<Typed>(`competition.${chosen?.id ?? 'new'}`, {
    name, template: chosen?.id ?? '', fromPeriod: monthOf(me.today), trial: false,
    basics: { filing: '', number: '', issuer: me.tenant.name, date: me.today, title: name ? `关于开展${name}的通知` : '', text: '', distribution: w.defaultDistribution, basis: [], members: [{ seat: 'head', title: w.defaultHead, person: '' }], offices: '', officeHead: '' },
  });
  const { value, set } = draft;
  const act = useAct(CompetitionOpenDocument, useCallback((d: CompetitionOpenMutation) => d.competitionCreate, []));
  const submit = async () => {
    const answer = await act.run({ input: {
      name: value.name.trim(), template: value.template, fromPeriod: value.fromPeriod.trim(), trial: value.trial, filingNumber: value.basics.filing.trim() || null,
      notice: noticeOf(value.basics), leadingGroup: groupOf(value.basics),
    } });
    if (!answer?.competition) return;
    draft.clear();
    void navigate(`/competitions/${answer.competition.id}`);
  };
  return (
    <form className="stack" onSubmit={(e) => { e.preventDefault(); void submit(); }}>
      {draft.found && <Alert type="info" showIcon title={w.found} action={<Button size="small" onClick={draft.clear}>×</Button>} />}
      <div className="card fields">
        <Field label={w.name} wide><input className="plain-input" required value={value.name} onChange={(e) => set({ ...value, name: e.target.value })} /></Field>
        <Choice label={w.template} required value={value.template} empty="—" options={templates.map((t) => ({ value: t.id, label: w.versionLine(t.name, t.version) }))} onChange={(template) => set({ ...value, template })} />
        <Field label={w.fromPeriod} hint={w.periodHint}><input className="plain-input" required value={value.fromPeriod} onChange={(e) => set({ ...value, fromPeriod: e.target.value })} /></Field>
        <label className="check"><input type="checkbox" checked={value.trial} onChange={(e) => set({ ...value, trial: e.target.checked })} /><span>{w.trialAbout}</span></label>
      </div>
      <BasicsForm value={value.basics} set={(basics) => set({ ...value, basics })} />
      <ActNotes act={act} />
      <div><Button type="primary" htmlType="submit" loading={act.running}>{w.create}</Button></div>
    </form>
  );
}

import { Button, Flex, Input } from 'antd';
import { useCallback, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { Asking } from '@/parts/asking';
import { Field, MoreButton } from '@/parts/fields';
import { useMore } from '@/parts/more';
import { Nothing, Page, Read } from '@/parts/page';
import { UserErrors, ProblemNote } from '@/parts/problem';
import { useWords } from '@/words/language';
import { Import } from './files';
import { TemplateBranchDocument, TemplateTakeDocument, TemplatesPageDocument, type TemplateBranchMutation, type TemplatesPageQuery, type TemplateTakeMutation } from './operations';
import { said } from './words';
import './templates.css';

type Burden = TemplatesPageQuery['templates']['nodes'][number]['burden'];

const variables = { presets: true };
const pick = (d: TemplatesPageQuery) => d.templates;

/** What a branch is made of: an active version, or a preset. */
interface Parent { parent?: string; preset?: string; name: string; key: string }

/** Templates of the tenant and above it, and the library to start from. */
export default function TemplateList() {
  const w = useWords(said);
  const { may } = useSession();
  const navigate = useNavigate();
  const list = useMore(TemplatesPageDocument, variables, pick);
  const [parent, setParent] = useState<Parent | null>(null);
  const take = useAct(TemplateTakeDocument, useCallback((d: TemplateTakeMutation) => d.templateFromPreset, []));
  const write = may('template:write');
  const use = async (preset: string) => {
    const answer = await take.run({ input: { preset } });
    if (answer?.template) void navigate(`/templates/${answer.template.id}`);
  };
  const actions = write && <><Link to="/templates/new"><Button type="primary">{w.blank}</Button></Link><Import label={w.importFile} /></>;
  return (
    <Page title={w.title} about={w.about} actions={actions}>
      <UserErrors errors={take.errors} /><ProblemNote problem={take.problem} />
      <Read data={list.data} error={list.error} again={list.again}>
        {(d) => (
          <>
            <h2>{w.above}</h2>
            {list.nodes.length === 0 ? <Nothing>{w.none}</Nothing> : (
              <div className="cards">{list.nodes.map((t) => (
                <article key={t.id} className="card">
                  <h3><Link to={`/templates/${t.id}`}>{w.editTitle(t.name, t.version)}</Link></h3>
                  <p><span className="tag">{t.active ? `✓ ${w.active}` : w.draft}</span> <code>{t.key}</code>{t.derivedFrom && <span className="faint"> {w.derived(t.derivedFrom.key, t.derivedFrom.version)}</span>}</p>
                  <BurdenLine of={t.burden} />
                  {write && t.active && <Button size="small" aria-label={`${w.derive} ${t.name} ${t.version}`} onClick={() => setParent({ parent: t.id, name: t.name, key: `${t.key}-2` })}>{w.derive}</Button>}
                </article>
              ))}</div>
            )}
            <MoreButton list={list} />
            <h2>{w.library}</h2>
            <p className="faint">{w.libraryAbout}</p>
            <div className="cards">{(d.templatePresets ?? []).map((p) => (
              <article key={p.key} className="card">
                <h3>{p.name}</h3>
                <p>{p.purpose}</p>
                <BurdenLine of={p.burden} />
                {write && (
                  <Flex gap="small">
                    <Button size="small" loading={take.running} aria-label={`${w.take} ${p.name}`} onClick={() => void use(p.key)}>{w.take}</Button>
                    <Button size="small" aria-label={`${w.derive} ${p.name}`} onClick={() => setParent({ preset: p.key, name: p.name, key: `our-${p.key}` })}>{w.derive}</Button>
                  </Flex>
                )}
              </article>
            ))}</div>
          </>
        )}
      </Read>
      {parent && <Branch key={parent.parent ?? parent.preset} of={parent} close={() => setParent(null)} />}
    </Page>
  );
}

function BurdenLine({ of }: { of: Burden }) {
  const w = useWords(said);
  return <p className="faint">{w.burdenLine(of)}{of.heavy && <strong> ▲ {w.heavy}</strong>}</p>;
}

function Branch({ of, close }: { of: Parent; close: () => void }) {
  const w = useWords(said);
  const navigate = useNavigate();
  const [key, setKey] = useState(of.key);
  const [name, setName] = useState(of.name);
  const act = useAct(TemplateBranchDocument, useCallback((d: TemplateBranchMutation) => d.templateDerive, []));
  const submit = async () => {
    const answer = await act.run({ input: { parent: of.parent ?? null, preset: of.preset ?? null, key: key.trim(), name: name.trim() || null } });
    if (answer?.template) void navigate(`/templates/${answer.template.id}`);
    return answer !== null;
  };
  return (
    <Asking title={w.derive} open close={close} act={act} submit={submit} ready={key.trim() !== ''}>
      <p className="field wide">{w.deriveAbout}</p>
      <Field label={w.newName} wide><Input value={name} onChange={(e) => setName(e.target.value)} /></Field>
      <Field label={w.deriveKey} hint={w.keyHint} wide><Input value={key} onChange={(e) => setKey(e.target.value)} /></Field>
    </Asking>
  );
}

import { Alert, Button } from 'antd';
import { useMemo } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useMe, useSession } from '@/api/session';
import { Page } from '@/parts/page';
import { useLanguage, useWords } from '@/words/language';
import { Activate } from './activate';
import { CheckPanel } from './checkpanel';
import { nameOf, placeOf, textOf, written, type Doc } from './document';
import { EditingContext, type Editing, type Lists } from './editing';
import { Exports, Import } from './files';
import type { TemplateEditorQuery } from './operations';
import { isPart, partNames, partOf } from './parts';
import { useSaving } from './save';
import { Section } from './sections';
import { useSeek } from './seek';
import { useCheck, type Check } from './usecheck';
import { useDocument } from './usedocument';
import { said } from './words';

type Version = Extract<TemplateEditorQuery['node'], { export: string }>;

/** What the editor was opened with; no version: a page that is not stored yet. */
export interface Opened { doc: Doc; version: Version | null }

const none: readonly string[] = [];

/** Messages of the check by the place they belong to. */
function byPlace(check: Check | null): Map<string, string[]> {
  const all = new Map<string, string[]>();
  for (const e of check?.errors ?? []) all.set(e.field, [...(all.get(e.field) ?? []), e.message]);
  return all;
}

export function Workbench({ opened, from, lists, reread }: { opened: Opened; from: string | null; lists: Lists; reread: () => void }) {
  const w = useWords(said);
  const { language } = useLanguage();
  const me = useMe();
  const { may } = useSession();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const { version } = opened;
  const frozen = version?.active === true || !may('template:write');
  const work = useDocument(me.userId, version?.id ?? (from ? `new.${from}` : 'new'), opened.doc, version?.revision ?? 0, frozen);
  const text = useMemo(() => written(work.doc), [work.doc]);
  const checked = useCheck(text);
  const places = useMemo(() => byPlace(checked.check), [checked.check]);
  const saving = useSaving(work, version?.id ?? null, () => { work.drop(); reread(); });
  const asked = search.get('part');
  const part = isPart(asked) ? asked : 'basics';
  const [seek, look] = useSeek(part);
  const to = (p: string) => { const next = new URLSearchParams(search); next.set('part', p); return `?${next.toString()}`; };
  const editing = useMemo<Editing>(() => ({
    doc: work.doc, set: work.set, frozen, seek, lists, language, locked: version?.derivedFrom?.locked ?? none,
    errorsAt: (path) => places.get(placeOf(work.doc, path)) ?? none,
  }), [work.doc, work.set, frozen, seek, lists, language, version, places]);
  const title = version ? w.editTitle(version.name, version.version) : nameOf(work.doc.name, language) || w.newTitle;
  const actions = (
    <>
      {!frozen && <Button type="primary" loading={saving.running} disabled={version !== null && !work.dirty} onClick={() => void saving.save()}>{w.save}</Button>}
      {version && !version.active && <Activate id={version.id} revision={work.revision} toConfirm={version.toConfirm} ready={!work.dirty} done={reread} />}
      {version?.active && may('template:write') && <Button onClick={() => void navigate(`/templates/new?from=${encodeURIComponent(version.id)}`)}>{w.newVersion}</Button>}
      {version?.active && may('competition:write') && <Link to={`/competitions/new?template=${encodeURIComponent(version.id)}`}><Button type="primary">{w.useIn}</Button></Link>}
      <Exports doc={work.doc} id={version?.id ?? null} name={textOf(work.doc.key) || 'template'} />
      {!frozen && <Import into={work.replace} />}
    </>
  );
  const about = version?.active ? w.frozenNote : work.dirty ? `● ${w.unsaved}` : version ? `✓ ${w.allSaved}` : undefined;
  return (
    <EditingContext value={editing}>
      <Page title={title} about={about} actions={actions}>
        {version?.derivedFrom && <p className="faint">{w.derived(version.derivedFrom.key, version.derivedFrom.version)}</p>}
        {work.restored && <Alert type="info" showIcon title={w.restored} action={<Button size="small" onClick={work.drop}>{w.forget}</Button>} />}
        {saving.notes}
        <div className="bench">
          <nav aria-label={w.title} className="bench-nav no-print">
            <ul>{partNames.map((p) => {
              const wrong = (checked.check?.errors ?? []).filter((e) => partOf(e.field) === p).length;
              return <li key={p}><Link to={to(p)} aria-current={p === part ? 'page' : undefined}>{w.parts[p]}{wrong > 0 && <span className="count" aria-label={w.errorsHere(wrong)}>{wrong}</span>}</Link></li>;
            })}</ul>
          </nav>
          <section className="bench-main" aria-labelledby="part">
            <h2 id="part">{w.parts[part]}</h2>
            <Section part={part} stored={version} />
          </section>
          <CheckPanel state={checked} to={to} look={look} />
        </div>
      </Page>
    </EditingContext>
  );
}

import { useCallback, useState } from 'react';
import { useNavigate } from 'react-router';
import { useAct } from '@/api/act';
import { ProblemNote, UserErrors } from '@/parts/problem';
import { useWords } from '@/words/language';
import { Conflict } from './conflict';
import { written } from './document';
import { TemplateChangeDocument, TemplateStoreDocument, type TemplateChangeMutation, type TemplateStoreMutation } from './operations';
import type { Work } from './usedocument';
import { said } from './words';

export interface Saving {
  running: boolean;
  save: () => Promise<void>;
  notes: React.ReactNode;
}

/** Stores the document: a new one as a draft, a draft under the revision it was made on. */
export function useSaving(work: Work, id: string | null, seeTheirs: () => void): Saving {
  const w = useWords(said);
  const navigate = useNavigate();
  const [saved, setSaved] = useState(false);
  const store = useAct(TemplateStoreDocument, useCallback((d: TemplateStoreMutation) => d.templateCreate, []));
  const change = useAct(TemplateChangeDocument, useCallback((d: TemplateChangeMutation) => d.templateUpdate, []));
  const conflict = change.errors.some((e) => e.code === 'STALE_REVISION') || change.problem?.code === 'STALE_REVISION';
  const save = async () => {
    const doc = work.doc;
    setSaved(false);
    const answer = id === null ? await store.run({ input: { document: written(doc) } }) : await change.run({ input: { template: id, document: written(doc), revision: work.revision } });
    if (!answer?.template) return;
    work.stored(doc, answer.template.revision);
    setSaved(true);
    if (id === null) void navigate({ pathname: `/templates/${answer.template.id}`, search: location.search.replace(/[?&]from=[^&]*/, '') }, { replace: true });
  };
  const notes = (
    <>
      {conflict ? (
        <Conflict id={id ?? ''} work={work} settled={change.forget} drop={seeTheirs} />
      ) : <><UserErrors errors={id === null ? store.errors : change.errors} /><ProblemNote problem={id === null ? store.problem : change.problem} /></>}
      {saved && !work.dirty && <span role="status">✓ {w.savedAt}</span>}
    </>
  );
  return { running: store.running || change.running, save, notes };
}

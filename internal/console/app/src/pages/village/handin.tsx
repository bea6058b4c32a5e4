import { useAct } from '@/api/act';
import type { SubmissionHandInInput } from '@/api/schema';
import { Asking } from '@/parts/asking';
import { useDraft } from '@/parts/draft';
import { Choice, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { Attachments, type Attached } from '../issues/attach';
import { VillageHandInDocument, type VillageAskedQuery } from './operations';
import { said } from './words';

type Paper = VillageAskedQuery['askedDocuments'][number];

/** How a paper is handed in: written here, as a file, or brought on paper. */
type Way = 'text' | 'file' | 'paper';

interface Typed { way: Way; parts: Partial<Record<string, string>>; files: readonly Attached[]; note: string }

/** Parts of a report, by the keys under which they are printed. */
const parts = ['party-building', 'ideology', 'problems', 'promises'] as const;

/** Characters of a text as they are counted: blanks and line ends aside. */
export const counted = (texts: readonly (string | undefined)[]) => texts.reduce((n, t) => n + Array.from((t ?? '').replace(/\s/gu, '')).length, 0);

/** The one way that was chosen, as the service takes it; null while nothing is given. */
export function given(typed: Typed): Pick<SubmissionHandInInput, 'parts' | 'evidence' | 'note'> | null {
  if (typed.way === 'text') {
    const written = parts.flatMap((key) => typed.parts[key]?.trim() ? [{ key, text: typed.parts[key].trim() }] : []);
    return written.length > 0 ? { parts: written } : null;
  }
  if (typed.way === 'file') return typed.files[0] ? { evidence: typed.files[0].id } : null;
  return typed.note.trim() ? { note: typed.note.trim() } : null;
}

/** Hands a paper in; what is typed is kept on this device until it is taken. */
export function HandIn({ open, close, paper, name, competition, year, unitCode, done }: {
  open: boolean; close: () => void; paper: Paper; name: string; competition: string; year: number; unitCode: string; done: () => void;
}) {
  const w = useWords(said);
  const report = paper.document.startsWith('duty-report');
  const act = useAct(VillageHandInDocument, (d) => d.submissionHandIn);
  const draft = useDraft<Typed>(`paper.${competition}.${year}.${paper.document}.${paper.subjectId}`, { way: report ? 'text' : 'file', parts: {}, files: [], note: '' });
  const { way, note, files } = draft.value;
  const put = (part: Partial<Typed>) => draft.set((d) => ({ ...d, ...part }));
  const what = given(draft.value);
  const submit = async () => {
    if (!what) return false;
    const answer = await act.run({ input: { competition, year, document: paper.document, subject: paper.subjectId, ...what } });
    if (!answer) return false;
    draft.clear();
    done();
    return true;
  };
  const ways = (report ? ['text', 'file', 'paper'] as const : ['file', 'paper'] as const).map((v) => ({ value: v, label: w.ways[v] }));
  return (
    <Asking title={`${w.handIn}：${name}（${paper.subject}）`} open={open} close={close} act={act} submit={submit} button={w.handIn} ready={what !== null}>
      <p className="field wide faint">{w.due(paper.due)}{paper.submission && ` · ${w.replaces}`}</p>
      <Choice label={w.way} value={way} options={ways} onChange={(v) => put({ way: v as Way })} />
      {way === 'text' && (
        <>
          {parts.map((key) => <Field key={key} label={w.parts[key]} wide><textarea className="plain-input" rows={4} value={draft.value.parts[key] ?? ''} onChange={(e) => draft.set((d) => ({ ...d, parts: { ...d.parts, [key]: e.target.value } }))} /></Field>)}
          <p className="field wide faint">{w.written(counted(Object.values(draft.value.parts)), paper.maxCharacters ?? null)}</p>
        </>
      )}
      {way === 'file' && <Attachments of={{ competition, unitCode, item: '' }} value={files} onChange={(next) => draft.set((d) => ({ ...d, files: next(d.files).slice(-1) }))} />}
      {way === 'paper' && <Field label={w.lies} hint={w.liesHint} wide><input className="plain-input" maxLength={200} value={note} onChange={(e) => put({ note: e.target.value })} /></Field>}
    </Asking>
  );
}

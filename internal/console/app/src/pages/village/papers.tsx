import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useMe, useSession } from '@/api/session';
import { problemOf } from '@/api/problem';
import { ProblemNote } from '@/parts/problem';
import { useWords } from '@/words/language';
import { HandIn } from './handin';
import { VillageAskedDocument, type VillageAskedQuery, type VillageHomeQuery } from './operations';
import { said } from './words';

type Paper = VillageAskedQuery['askedDocuments'][number];
type Competition = VillageHomeQuery['competitions']['nodes'][number];

/** The calendar years whose papers concern somebody on a day: from November on, the next one's too. */
export function yearsOf(today: string): number[] {
  const year = Number(today.slice(0, 4));
  return Number(today.slice(5, 7)) >= 11 ? [year, year + 1] : [year];
}

/** Papers that the village's contests ask for, and handing them in. */
export function Papers({ competitions, unitCode }: { competitions: readonly Competition[]; unitCode: string }) {
  const { today } = useMe();
  const { may } = useSession();
  if (!may('submission:read')) return null;
  return competitions.filter((c) => !c.trial).flatMap((c) => yearsOf(today).map((year) => <OfOne key={`${c.id} ${year}`} competition={c} year={year} unitCode={unitCode} />));
}

function OfOne({ competition, year, unitCode }: { competition: Competition; year: number; unitCode: string }) {
  const w = useWords(said);
  const [{ data, error }, again] = useQuery({ query: VillageAskedDocument, variables: { competition: competition.id, year } });
  const [handed, setHanded] = useState('');
  if (error) return <ProblemNote problem={problemOf(error)} retry={() => again({ requestPolicy: 'network-only' })} />;
  const papers = data?.askedDocuments ?? [];
  if (papers.length === 0) return null;
  const done = (text: string) => { setHanded(text); again({ requestPolicy: 'network-only' }); };
  return (
    <>
      <h3>{w.documents} · {competition.name}</h3>
      <p className="faint">{w.documentsAbout}</p>
      {handed && <Alert role="status" type="success" showIcon title={handed} />}
      <ul className="asked-list">{papers.map((p) => <Line key={p.document + p.subjectId} paper={p} competition={competition} year={year} unitCode={unitCode} done={done} />)}</ul>
    </>
  );
}

function Line({ paper, competition, year, unitCode, done }: { paper: Paper; competition: Competition; year: number; unitCode: string; done: (text: string) => void }) {
  const w = useWords(said);
  const { may } = useSession();
  const [open, setOpen] = useState(false);
  const name = w.documentOf[paper.document] ?? paper.document;
  const last = paper.submission;
  return (
    <li>
      <span>{name}（{paper.subject}）</span>
      <small className="faint">
        {w.due(paper.due)}
        {last ? ` · ${w.handed(last.handedOn)}${last.number > 1 ? `（${w.times(last.number)}）` : ''}${last.note ? ` · ${last.note}` : ''}` : ` · ${w.notHanded}`}
        {paper.late && ` · ${last ? w.handedLate : w.overdue}`}
      </small>
      {may('submission:write') && <Button size="small" aria-label={`${last ? w.handAgain : w.handIn}：${name}`} onClick={() => setOpen(true)}>{last ? w.handAgain : w.handIn}</Button>}
      <HandIn open={open} close={() => setOpen(false)} paper={paper} name={name} competition={competition.id} year={year} unitCode={unitCode} done={() => done(w.handedIn(name))} />
    </li>
  );
}

import { Alert, Button, Flex } from 'antd';
import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { problemOf, type Problem } from '@/api/problem';
import { ProblemNote } from '@/parts/problem';
import { useLanguage, useWords } from '@/words/language';
import { wordAt } from './answers';
import type { Doc, Value } from './document';
import { changesOf, merged } from './merge';
import { open } from './open';
import { TemplateEditorDocument } from './operations';
import { placeName } from './places';
import type { Work } from './usedocument';
import { said } from './words';

/** Somebody else saved meanwhile: what they changed, and a way to go on that loses nothing. */
export function Conflict({ id, work, settled, drop }: { id: string; work: Work; settled: () => void; drop: () => void }) {
  const w = useWords(said);
  const client = useClient();
  const [theirs, setTheirs] = useState<{ doc: Doc; revision: number } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    void client.query(TemplateEditorDocument, { id, stored: true, sets: false }, { requestPolicy: 'network-only' }).toPromise().then(({ data, error }) => {
      if (error) setProblem(problemOf(error));
      if (data?.node && 'export' in data.node) setTheirs({ doc: open(data.node.export), revision: data.node.revision });
    });
  }, [client, id]);
  const merge = () => {
    if (!theirs) return;
    work.rebase(theirs.doc, theirs.revision, merged(work.base, work.doc, theirs.doc));
    settled();
  };
  return (
    <Alert role="alert" type="warning" showIcon title={w.conflict} description={
      <div className="stack">
        {theirs && <Theirs work={work} theirs={theirs.doc} />}
        <ProblemNote problem={problem} />
        <Flex gap="small" wrap>
          <Button type="primary" disabled={!theirs} onClick={merge}>{w.mergeBoth}</Button>
          <Button onClick={() => { settled(); drop(); }}>{w.seeNew}</Button>
        </Flex>
      </div>
    } />
  );
}

function Theirs({ work, theirs }: { work: Work; theirs: Doc }) {
  const w = useWords(said);
  const { language } = useLanguage();
  const own = new Set(changesOf(work.base, work.doc).map((c) => c.place));
  const changes = changesOf(work.base, theirs);
  if (changes.length === 0) return null;
  const shown = (place: string, value: Value | undefined) => wordAt(place, value, language) || w.nothing;
  return (
    <ul className="plain" aria-label={w.theirChanges}>
      {changes.map((c) => (
        <li key={c.place}>{w.theyChanged(placeName(theirs, c.place, language), shown(c.place, c.from), shown(c.place, c.to))}{own.has(c.place) && <strong> {w.bothChanged}</strong>}</li>
      ))}
    </ul>
  );
}

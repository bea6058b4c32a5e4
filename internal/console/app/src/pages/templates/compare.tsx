import { Button, Flex } from 'antd';
import { useState } from 'react';
import { useClient, useQuery, type CombinedError } from 'urql';
import { problemOf } from '@/api/problem';
import { Choice } from '@/parts/fields';
import { Read } from '@/parts/page';
import { ProblemNote } from '@/parts/problem';
import { useWords } from '@/words/language';
import { wordAt } from './answers';
import { nameOf, rowsOf } from './document';
import { useEditing } from './editing';
import { TemplateContestsDocument, TemplateDifferencesDocument, TemplateVersionsDocument, TemplateWhatIfDocument, type TemplateWhatIfQuery } from './operations';
import { placeName } from './places';
import { tried } from './trial';
import { said } from './words';

export interface Stored { id: string; key: string; version: number }

/** What other settings would have changed, and what differs between versions. */
export function Compare({ stored }: { stored: Stored | null }) {
  return <><WhatIf />{stored && <Differences stored={stored} />}</>;
}

type Answer = TemplateWhatIfQuery['simulate'];

function WhatIf() {
  const e = useEditing();
  const w = useWords(said);
  const client = useClient();
  const [competition, setCompetition] = useState('');
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [error, setError] = useState<CombinedError | undefined>();
  const [running, setRunning] = useState(false);
  const [{ data, error: unread }] = useQuery({ query: TemplateContestsDocument });
  const run = () => {
    setRunning(true);
    void client.query(TemplateWhatIfDocument, { competition, ...tried(e.doc) }, { requestPolicy: 'network-only' }).toPromise().then((r) => {
      setRunning(false); setAnswer(r.data?.simulate ?? null); setError(r.error);
    });
  };
  return (
    <section className="card" aria-label={w.simulate}>
      <h3>{w.simulate}</h3>
      <p className="faint">{w.simulateAbout}</p>
      <Read data={data} error={unread}>
        {(d) => (
          <Flex gap="small" wrap align="end">
            <Choice label={w.competition} value={competition} empty={w.choose} options={d.competitions.nodes.filter((c) => !c.trial).map((c) => ({ value: c.id, label: c.name }))} onChange={setCompetition} />
            <Button disabled={competition === ''} loading={running} onClick={run}>{w.run}</Button>
          </Flex>
        )}
      </Read>
      {error && <ProblemNote problem={problemOf(error)} />}
      {answer && <Changes answer={answer} />}
    </section>
  );
}

function Changes({ answer }: { answer: Answer }) {
  const w = useWords(said);
  const { doc, language } = useEditing();
  return (
    <div role="status">
      <p><strong>{w.changed(answer.ranksChanged, answer.of)}</strong></p>
      {answer.bandChanges.length === 0 ? <p>{w.noBand}</p> : (
        <div className="scroll"><table className="table">
          <thead><tr><th scope="col">{w.period}</th><th scope="col">{w.band}</th><th scope="col">{w.enter}</th><th scope="col">{w.leave}</th></tr></thead>
          <tbody>{answer.bandChanges.map((c) => <tr key={c.period + c.band}><th scope="row">{c.period}</th><td>{nameOf([...rowsOf(doc.bands), ...rowsOf(doc.streaks)].find((b) => b.key === c.band)?.name, language) || c.band}</td><td>{c.enter.join('、')}</td><td>{c.leave.join('、')}</td></tr>)}</tbody>
        </table></div>
      )}
    </div>
  );
}

function Differences({ stored }: { stored: Stored }) {
  const w = useWords(said);
  const { doc, language } = useEditing();
  const [other, setOther] = useState('');
  const [{ data, error }] = useQuery({ query: TemplateVersionsDocument, variables: { key: stored.key } });
  const others = (data?.templates.nodes ?? []).filter((v) => v.id !== stored.id);
  const against = others.find((v) => v.id === other);
  const [from, to] = against && against.version > stored.version ? [stored.id, other] : [other, stored.id];
  const [{ data: diff, error: refused }] = useQuery({ query: TemplateDifferencesDocument, variables: { from, to }, pause: !against });
  return (
    <section className="card" aria-label={w.diff}>
      <h3>{w.diff}</h3>
      <Read data={data} error={error}>
        {() => others.length === 0 ? <p className="faint">{w.onlyVersion}</p>
          : <Choice label={w.diffWith} value={other} empty={w.choose} options={others.map((v) => ({ value: v.id, label: w.editTitle(v.name, v.version) }))} onChange={setOther} />}
      </Read>
      {refused && <ProblemNote problem={problemOf(refused)} />}
      {against && diff && (diff.templateDiff.length === 0 ? <p>{w.same}</p> : (
        <div className="scroll"><table className="table">
          <thead><tr><th scope="col">{w.field}</th><th scope="col">{w.from}</th><th scope="col">{w.to}</th></tr></thead>
          <tbody>{diff.templateDiff.map((c) => <tr key={c.field}><th scope="row">{placeName(doc, c.field, language)}</th><td>{wordAt(c.field, c.from, language)}</td><td>{wordAt(c.field, c.to, language)}</td></tr>)}</tbody>
        </table></div>
      ))}
    </section>
  );
}

import { Button } from 'antd';
import { useCallback, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useClient } from 'urql';
import { useAct } from '@/api/act';
import { problemOf, type Problem } from '@/api/problem';
import { ProblemNote, UserErrors } from '@/parts/problem';
import { useWords } from '@/words/language';
import { written, type Doc } from './document';
import { open } from './open';
import { TemplateFileDocument, TemplateStoreDocument, type TemplateStoreMutation } from './operations';
import { said } from './words';

function download(name: string, type: string, text: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Exports: JSON of what is on the page, YAML of what is stored. */
export function Exports({ doc, id, name }: { doc: Doc; id: string | null; name: string }) {
  const w = useWords(said);
  const client = useClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  const yaml = async () => {
    const { data, error } = await client.query(TemplateFileDocument, { id: id ?? '' }, { requestPolicy: 'network-only' }).toPromise();
    setProblem(error ? problemOf(error) : null);
    if (data?.node && 'export' in data.node) download(`${name}.yaml`, 'application/yaml', data.node.export);
  };
  return (
    <>
      <Button onClick={() => download(`${name}.json`, 'application/json', written(doc))}>{w.exportJson}</Button>
      {id !== null && <Button onClick={() => void yaml()}>{w.exportYaml}</Button>}
      <ProblemNote problem={problem} />
    </>
  );
}

/**
 * Takes a file in. JSON is read into the page where the page wants it; YAML is
 * the service's to read, so it is stored as a draft and then opened.
 */
export function Import({ into, label }: { into?: (doc: Doc) => void; label?: string }) {
  const w = useWords(said);
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [failed, setFailed] = useState(false);
  const act = useAct(TemplateStoreDocument, useCallback((d: TemplateStoreMutation) => d.templateCreate, []));
  const read = async (file: File | undefined) => {
    if (!file) return;
    setFailed(false);
    const text = await file.text();
    if (into && /\.json$/i.test(file.name)) {
      try { into(open(text)); } catch { setFailed(true); }
      return;
    }
    const answer = await act.run({ input: { document: text } });
    if (answer?.template) void navigate(`/templates/${answer.template.id}`);
  };
  return (
    <>
      <Button loading={act.running} onClick={() => input.current?.click()}>{label ?? w.importHere}</Button>
      <input ref={input} type="file" hidden accept=".yaml,.yml,.json,application/json,application/yaml" aria-label={label ?? w.importHere}
        onChange={(e) => { void read(e.target.files?.[0]); e.target.value = ''; }} />
      {failed && <p className="wrong" role="alert">{w.importFailed}</p>}
      <UserErrors errors={act.errors} />
      <ProblemNote problem={act.problem} />
    </>
  );
}

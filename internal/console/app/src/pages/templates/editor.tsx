import { useParams, useSearchParams } from 'react-router';
import { useMemo } from 'react';
import { useQuery } from 'urql';
import { useMe, useSession } from '@/api/session';
import { Page, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { blank } from './document';
import { open } from './open';
import { TemplateEditorDocument, type TemplateEditorQuery } from './operations';
import { said } from './words';
import { Workbench, type Opened } from './workbench';
import '@/parts/fields.css';
import '@/shell/tables.css';
import './templates.css';

/** The template editor: a stored version, or a blank page. */
export default function EditorPage() {
  const { id = null } = useParams();
  const [search] = useSearchParams();
  const from = search.get('from');
  const w = useWords(said);
  const { may } = useSession();
  const of = id ?? from;
  const [{ data, error }, again] = useQuery({ query: TemplateEditorDocument, variables: { id: of ?? '', stored: of !== null, sets: may('unit:read') } });
  const reread = () => again({ requestPolicy: 'network-only' });
  if (!data) return <Page title={w.newTitle}><Read data={data} error={error} again={reread}>{() => null}</Read></Page>;
  return <Ready key={`${id ?? 'new'} ${of ?? ''}`} data={data} id={id} from={from} reread={reread} />;
}

function Ready({ data, id, from, reread }: { data: TemplateEditorQuery; id: string | null; from: string | null; reread: () => void }) {
  const w = useWords(said);
  const { today } = useMe();
  const version = data.node && 'export' in data.node ? data.node : null;
  const opened = useMemo<Opened | null>(() => {
    if (!version) return id === null && from === null ? { doc: blank(today), version: null } : null;
    return { doc: open(version.export), version: id === null ? null : version };
  }, [version, id, from, today]);
  if (!opened) return <Page title={w.title}><p>{w.notFound}</p></Page>;
  const lists = { dimensions: data.dimensions, groupSets: data.groupSets ?? [] };
  return <Workbench key={`${opened.version?.revision ?? 0} ${opened.version?.active ?? ''}`} opened={opened} from={from} lists={lists} reread={reread} />;
}

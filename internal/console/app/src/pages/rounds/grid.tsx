import { Button, Flex } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { useMe } from '@/api/session';
import { useDraft } from '@/parts/draft';
import { Choice } from '@/parts/fields';
import { useMore } from '@/parts/more';
import { namesOf, type Names } from '@/parts/names';
import { Nothing, Page, Read } from '@/parts/page';
import { useLanguage, useWords } from '@/words/language';
import { columnsOf, unmarked } from './cells';
import { said } from './grid.words';
import { Sheet, type GridMark, type SheetDraft } from './sheet';
import { RoundGridDocument, type RoundGridQuery } from './operations';
import './rounds.css';

type Full = NonNullable<RoundGridQuery['round']>;

const none = { nodes: [] as Full['marks']['nodes'], pageInfo: { hasNextPage: false, endCursor: null } };
const picked = (data: RoundGridQuery) => data.round?.marks ?? none;

/** The grid in which paper score sheets are typed. */
export default function Grid() {
  const { round: id = '' } = useParams();
  const w = useWords(said);
  const { language } = useLanguage();
  const variables = useMemo(() => ({ id }), [id]);
  const list = useMore(RoundGridDocument, variables, picked);
  const { hasMore, loading, more } = list;
  // All marks of the round are needed, or a cell that has one would look empty.
  useEffect(() => { if (hasMore && !loading) more(); }, [hasMore, loading, more]);
  const round = list.data?.round;
  if (list.data && !round) return <Page title={w.title}><Nothing>{w.gone}</Nothing></Page>;
  return (
    <Page title={w.title} about={w.about} actions={<>
      {(round?.roster.length ?? 0) > 0 && <Button href={`/documents/typing-grid/${encodeURIComponent(id)}?format=xlsx`} download title={w.importAbout}>{w.download}</Button>}
      <Link to={`/rounds/${id}`}><Button>{w.round}</Button></Link>
    </>}>
      <Read data={round ?? undefined} error={list.error} again={list.again}>{(r) => (
        <Typing full={r} marks={list.nodes} reading={hasMore} again={list.again} names={namesOf(r.template.export, language, r.rubric)} />
      )}</Read>
    </Page>
  );
}

function Typing({ full, marks, reading, again, names }: { full: Full; marks: GridMark[]; reading: boolean; again: () => void; names: Names }) {
  const w = useWords(said);
  const me = useMe();
  const seats = full.panels.flatMap((p) => p.members.filter((m) => !m.observer).map((m) => ({ panel: p, person: m.person })));
  const [judge, setJudge] = useState(() => seats.find((s) => s.person.id === me.person?.id)?.person.id ?? '');
  const [channel, setChannel] = useState('');
  const draft = useDraft<SheetDraft>(`grid.${full.id}`, { texts: {}, ids: {} });
  const seat = seats.find((s) => s.person.id === judge);
  if (seats.length === 0) return <Nothing action={<Link to={`/rounds/${full.id}/panels`}><Button type="primary">{w.toPanels}</Button></Link>}>{w.noPanels}</Nothing>;
  const items = full.rubric.filter((i) => !unmarked.includes(i.kind) && (!seat || seat.panel.items.length === 0 || seat.panel.items.includes(i.key)));
  const channels = names.channels.map((c) => c.key).filter((c) => (channel === '' || c === channel) && (!seat || seat.panel.channels.length === 0 || seat.panel.channels.includes(c)));
  const limited = seat && (seat.panel.units.length > 0 || seat.panel.subjects.length > 0);
  const subjects = full.roster.filter((e) => !limited || seat.panel.subjects.includes(e.subject) || seat.panel.units.some((u) => u.id === e.unit.id));
  return (
    <>
      <Flex gap="middle" wrap className="no-print">
        <Choice label={w.judge} value={judge} onChange={setJudge} empty={w.choose} options={seats.map((s) => ({ value: s.person.id, label: w.panelOf(s.panel.name, s.person.name ?? s.person.pseudonym) }))} />
        <Choice label={w.channel} value={channel} onChange={setChannel} empty={w.everyChannel} options={names.channels.map((c) => ({ value: c.key, label: c.name }))} />
      </Flex>
      {full.state !== 'OPEN' && <p role="status">{w.notOpen}</p>}
      {reading && <p className="faint">{w.reading}</p>}
      {seat && <Sheet key={judge} round={full.id} judge={seat.person} items={items} columns={columnsOf(items, channels, names)} subjects={subjects} marks={marks} open={full.state === 'OPEN'} recused={new Set(full.recused.filter((r) => r.person.id === judge).map((r) => r.subject))} names={names} draft={draft} again={again} />}
    </>
  );
}

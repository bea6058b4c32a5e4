import { Alert, Button, Flex } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { useSubscription } from 'urql';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { ActNotes, Choice, MoreButton } from '@/parts/fields';
import { useMore } from '@/parts/more';
import { Nothing, Page, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords } from '@/words/language';
import { InboxComingDocument, InboxPageDocument, ReadInboxDocument, type InboxPageQuery } from './operations';
import { placeOf } from './places';
import { Settings } from './settings';
import { said } from './words';
import './inbox.css';

type Item = InboxPageQuery['inbox']['nodes'][number];

const picked = (data: InboxPageQuery) => data.inbox;

/** What somebody was told, newest first, and what they want to be told. */
export default function Inbox() {
  const w = useWords(said);
  const { may } = useSession();
  const [shown, setShown] = useState('');
  const variables = useMemo(() => ({ unreadOnly: shown === 'unread' }), [shown]);
  const list = useMore(InboxPageDocument, variables, picked);
  const act = useAct(ReadInboxDocument, (d) => d.inboxRead);
  const [{ data: live }] = useSubscription({ query: InboxComingDocument });
  const [seen, setSeen] = useState('');
  const news = live && live.inbox.cursor !== seen ? live.inbox : null;
  const again = () => { setSeen(live?.inbox.cursor ?? ''); list.again(); };
  const read = async (input: { ids?: string[]; all?: boolean }) => { if (await act.run({ input })) list.again(); };
  const unread = list.data?.inboxUnread ?? 0;
  return (
    <Page title={w.title} about={list.data ? w.about(unread) : undefined}
      actions={may('inbox:write') && unread > 0 ? <Button loading={act.running} onClick={() => void read({ all: true })}>{w.readAll}</Button> : undefined}>
      {news && <Alert role="status" type="info" showIcon title={w.live(news.unread)} action={<Button size="small" onClick={again}>{w.show}</Button>} />}
      <Flex><Choice label={w.filter} value={shown} onChange={setShown} empty={w.all} options={[{ value: 'unread', label: w.unread }]} /></Flex>
      <ActNotes act={act} />
      <Read data={list.data} error={list.error} again={list.again}>{() => (
        <>
          {list.nodes.length === 0 ? <Nothing>{shown === 'unread' ? w.noneUnread : w.none}</Nothing>
            : <ul className="inbox">{list.nodes.map((item) => <Told key={item.id} item={item} read={() => void read({ ids: [item.id] })} />)}</ul>}
          <MoreButton list={list} />
        </>
      )}</Read>
      {may('inbox:write') && <Settings />}
    </Page>
  );
}

function Told({ item, read }: { item: Item; read: () => void }) {
  const w = useWords(said);
  const moment = useMoment();
  const { may } = useSession();
  const place = placeOf(item.kind, item.objectId);
  const unread = !item.readAt;
  return (
    <li className={unread ? 'unread' : ''}>
      <div>
        <span>{item.text}</span>{unread && <span className="inbox-mark">{w.isUnread}</span>}
        <br /><small className="faint">{moment(item.createdAt)}</small>
      </div>
      <Flex gap="small" className="no-print">
        {place && <Link to={place} aria-label={w.openOne(item.text)} onClick={() => { if (unread && may('inbox:write')) read(); }}>{w.open}</Link>}
        {unread && may('inbox:write') && <Button size="small" aria-label={w.readOne(item.text)} onClick={read}>{w.read}</Button>}
      </Flex>
    </li>
  );
}

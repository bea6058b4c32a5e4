import { CameraOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useMe } from '@/api/session';
import { FileRefused, pictures, pictureWords, sendableFile } from '@/parts/picture';
import { useWords } from '@/words/language';
import type { Item } from './desk';
import { Drop } from './leftovers';
import type { Queue, QueueState } from './queue';
import { placeOf, type Waiting } from './waiting';
import { said } from './words';

/** Takes a picture for an item; it is made small, kept, and sent like a mark. */
export function Photo({ queue, base, item, competition, unitCode, waiting, arrived }: {
  queue: Queue; base: Pick<Waiting, 'owner' | 'round' | 'subject' | 'code' | 'name'>; item: Item; competition: string; unitCode: string; waiting: readonly Waiting[]; arrived: QueueState['arrived'];
}) {
  const w = useWords(said);
  const p = useWords(pictureWords);
  const { today } = useMe();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  const pending = waiting.filter((i) => i.work.kind === 'photo' && i.round === base.round && i.subject === base.subject && i.item === item.key);
  const sent = Number(arrived.get(placeOf({ ...base, item: item.key, channel: '' })) ?? 0);
  const take = async (file: File) => {
    setBusy(true);
    setRefused('');
    try {
      const small = await sendableFile(file);
      await queue.add([{
        ...base, id: crypto.randomUUID(), item: item.key, itemName: item.name, channel: '', said: small.name, at: Date.now(), version: 1, tries: 0, refused: [],
        work: { kind: 'photo', file: small, fileName: small.name, competition, unitCode, takenOn: today, note },
      }]);
      setNote('');
    } catch (e) {
      if (!(e instanceof FileRefused)) throw e;
      setRefused(e.tell(p));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <div className="judge-tools">
        <label className="photo-button"><CameraOutlined aria-hidden /> {busy ? w.preparing : w.photo}
          <input type="file" accept={pictures} capture="environment" aria-label={w.photoOf(item.name)} disabled={busy}
            onChange={(e) => { const file = e.target.files?.[0]; e.target.value = ''; if (file) void take(file); }} />
        </label>
        <input className="judge-note" aria-label={`${item.name} ${w.photoNote}`} placeholder={w.photoNote} value={note} maxLength={200} onChange={(e) => setNote(e.target.value)} style={{ flex: '1 1 8rem', width: 'auto' }} />
      </div>
      {pending.some((i) => i.refused.length === 0) && <small className="faint">{w.photos(pending.filter((i) => i.refused.length === 0).length)}</small>}
      {sent > 0 && <small className="faint">{w.photosSent(sent)}</small>}
      {refused && <Alert role="alert" type="error" showIcon title={refused} />}
      {pending.filter((i) => i.refused.length > 0).map((i) => (
        <Alert key={i.id} role="alert" type="error" showIcon title={`${w.photo}：${i.refused.map((r) => r.message).join('；')}`}
          description={<div className="judge-tools"><Button onClick={() => void queue.change(i.id, (x) => x)}>{w.again}</Button><Drop queue={queue} id={i.id} /></div>} />
      ))}
    </>
  );
}

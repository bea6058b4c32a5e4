import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useClient, type Client } from 'urql';
import { useMe } from '@/api/session';
import { ownerOf } from '@/parts/device';
import { durable, fleeting } from './keep';
import { Queue, type QueueState } from './queue';
import { wireOf } from './wire';

/** How often it is tried again while something waits. */
const again = 15_000;

const memory = fleeting();

// One queue for all pages of this area: what one page began to send, the next
// one sees arrive.
let current: { client: Client; queue: Queue } | null = null;

function queueOf(client: Client, owner: string): Queue {
  if (current?.client !== client || current.queue.owner !== owner) {
    current = { client, queue: new Queue(owner, durable, wireOf(client), memory) };
  }
  return current.queue;
}

/**
 * useQueue is what waits of the signed-in judge. While a page of this area is
 * open it sends: at once, when the network comes back, when the page is looked
 * at again, and every quarter of a minute.
 */
export function useQueue(): { queue: Queue; state: QueueState } {
  const client = useClient();
  const owner = ownerOf(useMe());
  const queue = useMemo(() => queueOf(client, owner), [client, owner]);
  const state = useSyncExternalStore(queue.subscribe, queue.snapshot);
  useEffect(() => {
    const flush = () => void queue.flush().catch(() => undefined); // the storage failed: open() has said so
    void queue.open().then(flush);
    const seen = () => { if (document.visibilityState === 'visible') flush(); };
    const timer = setInterval(() => { if (queue.snapshot().items.length > 0) flush(); }, again);
    addEventListener('online', flush);
    document.addEventListener('visibilitychange', seen);
    return () => { clearInterval(timer); removeEventListener('online', flush); document.removeEventListener('visibilitychange', seen); };
  }, [queue]);
  const some = state.items.length > 0;
  useEffect(() => { if (some) void keepForGood(); }, [some]);
  return { queue, state };
}

// Asks the browser, where it can be asked, not to clear away what waits here
// when the device runs short of space.
async function keepForGood(): Promise<void> {
  try {
    const { storage } = navigator as Partial<Navigator>;
    if (storage && !(await storage.persisted())) await storage.persist();
  } catch { /* then it is as safe as everything else in this browser */ }
}

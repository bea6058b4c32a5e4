import { deskDatabase } from '@/parts/device';
import type { Keep, Waiting } from './waiting';

// Two databases: work that waits outlives a sign-out, pages to read do not.
const queueDatabase = 'leitai.queue';
const store = 'all';

const opened = new Map<string, Promise<IDBDatabase>>();

function open(name: string): Promise<IDBDatabase> {
  const known = opened.get(name);
  if (known) return known;
  const opening = new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'id' }).createIndex('owner', 'owner');
    request.onsuccess = () => {
      const db = request.result;
      const gone = () => { opened.delete(name); };
      db.onversionchange = () => { db.close(); gone(); }; // somebody signs out in another tab
      db.onclose = gone;
      resolve(db);
    };
    request.onerror = () => { opened.delete(name); reject(failed(request.error)); };
  });
  opened.set(name, opening);
  return opening;
}

const failed = (e: DOMException | null) => new Error(e?.message ?? 'the storage of this device failed');

async function within<T>(name: string, mode: IDBTransactionMode, act: (all: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const tx = (await open(name)).transaction(store, mode);
  const request = act(tx.objectStore(store));
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve(request.result); // on disk, not only asked for
    tx.onerror = tx.onabort = () => reject(failed(tx.error));
  });
}

/** Waiting work in IndexedDB. */
export const durable: Keep = {
  list: (owner) => within(queueDatabase, 'readonly', (all) => all.index('owner').getAll(owner) as IDBRequest<Waiting[]>),
  put: async (w) => { await within(queueDatabase, 'readwrite', (all) => all.put(w)); },
  remove: async (id) => { await within(queueDatabase, 'readwrite', (all) => all.delete(id)); },
};

/** Waiting work in memory: for browsers that keep nothing, and for tests. */
export function fleeting(): Keep {
  const all = new Map<string, Waiting>();
  return {
    list: (owner) => Promise.resolve([...all.values()].filter((w) => w.owner === owner)),
    put: (w) => { all.set(w.id, w); return Promise.resolve(); },
    remove: (id) => { all.delete(id); return Promise.resolve(); },
  };
}

interface Page { id: string; owner: string; value: unknown; at: number }

/** Keeps what a page showed, to show it again without a network. */
export async function keepPage(owner: string, name: string, value: unknown): Promise<void> {
  try {
    const others = await within(deskDatabase, 'readonly', (all) => all.getAll() as IDBRequest<Page[]>);
    for (const page of others) if (page.owner !== owner) await within(deskDatabase, 'readwrite', (all) => all.delete(page.id));
    await within(deskDatabase, 'readwrite', (all) => all.put({ id: `${owner}|${name}`, owner, value, at: Date.now() } satisfies Page));
  } catch { /* without storage the page needs a network */ }
}

/** What a page showed last to the same person, and when (milliseconds). */
export async function keptPage(owner: string, name: string): Promise<{ value: unknown; at: number } | null> {
  try {
    const page = await within(deskDatabase, 'readonly', (all) => all.get(`${owner}|${name}`) as IDBRequest<Page | undefined>);
    return page?.owner === owner ? { value: page.value, at: page.at } : null;
  } catch {
    return null;
  }
}

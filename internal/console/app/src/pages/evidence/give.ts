import { useCallback, useRef, useState } from 'react';
import { useAct } from '@/api/act';
import { RefusedError } from '@/api/problem';
import type { EvidenceAddInput } from '@/api/schema';
import { upload } from '@/api/upload';
import { FileRefused, pictureWords, sendableFile } from '@/parts/picture';
import { useWords } from '@/words/language';
import { EvidenceGiveDocument } from './operations';

/** How far a file has come. */
export interface Giving {
  stage: '' | 'preparing' | 'sending' | 'tying';
  /** 0 to 100 while a file is sent. */
  percent: number;
  /** Why the file was refused; '' when it was not; 'offline' when nobody answered. */
  refused: string;
}

const idle: Giving = { stage: '', percent: 0, refused: '' };

/**
 * useGive sends a file and ties it to a village. A file that arrived is not
 * sent again when only the tying was refused or its answer was lost.
 */
export function useGive() {
  const p = useWords(pictureWords);
  const act = useAct(EvidenceGiveDocument, (d) => d.evidenceAdd);
  const [giving, setGiving] = useState<Giving>(idle);
  const arrived = useRef(new WeakMap<File, string>());
  const { run } = act;
  const give = useCallback(async (file: File | null, input: Omit<EvidenceAddInput, 'file'>): Promise<string | null> => {
    let id = file ? arrived.current.get(file) : undefined;
    try {
      if (file && !id) {
        setGiving({ ...idle, stage: 'preparing' });
        const small = await sendableFile(file);
        const body = new FormData();
        body.append('file', small, small.name);
        setGiving({ ...idle, stage: 'sending' });
        id = (await upload<{ id: string }>('/evidence', body, (part) => setGiving({ ...idle, stage: 'sending', percent: Math.round(part * 100) }), { 'X-Leitai-Upload': '1' })).id;
        arrived.current.set(file, id);
      }
      setGiving({ ...idle, stage: 'tying', percent: 100 });
      const done = await run({ input: { ...input, ...(id ? { file: id } : {}) } });
      setGiving(idle);
      return done?.evidence?.id ?? null;
    } catch (e) {
      const why = e instanceof FileRefused ? e.tell(p) : e instanceof RefusedError ? e.all.map((x) => x.message).join('；') || e.message : 'offline';
      setGiving({ ...idle, refused: why });
      return null;
    }
  }, [p, run]);
  return { giving, act, give };
}

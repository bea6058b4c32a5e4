import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { problemOf } from '@/api/problem';
import { TemplateCheckNowDocument, type TemplateCheckNowQuery } from './operations';

export type Check = TemplateCheckNowQuery['templateCheck'];

export interface Checked {
  check: Check | null;
  running: boolean;
  /** Nobody answered, so what is shown is older than the page. */
  lost: boolean;
}

/** How long somebody has stopped typing before the service is asked. */
const pause = 500;

/** Asks the service what it says of a document, whenever somebody stops typing. */
export function useCheck(text: string): Checked {
  const client = useClient();
  const [state, setState] = useState<Checked>({ check: null, running: true, lost: false });
  useEffect(() => {
    let over = false;
    setState((s) => ({ ...s, running: true }));
    const timer = setTimeout(() => {
      void client.query(TemplateCheckNowDocument, { document: text }, { requestPolicy: 'network-only' }).toPromise().then(({ data, error }) => {
        if (over) return;
        if (data) setState({ check: data.templateCheck, running: false, lost: false });
        else setState((s) => ({ ...s, running: false, lost: error !== undefined && problemOf(error).kind === 'offline' }));
      });
    }, pause);
    return () => { over = true; clearTimeout(timer); };
  }, [client, text]);
  return state;
}

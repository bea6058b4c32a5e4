import { cacheExchange, Client, fetchExchange, mapExchange, subscriptionExchange, type Exchange } from 'urql';
import { createClient as createLiveClient } from 'graphql-ws';
import { keptLanguage } from '@/words/language';
import { problemOf, RefusedError, type Refusal } from './problem';

/** Header under which a mutation that is sent again is carried out once. */
const once = 'Idempotency-Key';

/** A mutation's context: the key under which it is sent, and sent again. */
export interface SendContext { key?: string }

/**
 * fetchAnswer sends one GraphQL request. A refusal that is no GraphQL answer
 * (session over, budget used up, body too large) is thrown with its message.
 */
export const fetchAnswer: typeof fetch = async (input, init) => {
  const answer = await fetch(input, init);
  if (answer.ok) return answer;
  let body: Refusal & { data?: unknown } = {};
  try {
    body = await answer.clone().json() as typeof body;
  } catch { /* a proxy's page: the status says what can be said */ }
  if (body.data !== undefined) return answer;
  throw new RefusedError(answer.status, body);
};

// Every mutation carries a key, so that a click whose answer was lost can be
// sent again and still counts once.
const keys: Exchange = mapExchange({
  onOperation(operation) {
    if (operation.kind !== 'mutation') return;
    const { key } = operation.context as SendContext;
    return { ...operation, context: { ...operation.context, fetchOptions: { headers: headers({ [once]: key ?? crypto.randomUUID() }) } } };
  },
});

const headers = (more: Record<string, string> = {}) => ({ 'Accept-Language': keptLanguage(), ...more });

/** makeClient talks to /graphql of the own server, with the session's cookie. */
export function makeClient(signedOut: () => void): Client {
  const live = createLiveClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    lazy: true, retryAttempts: Infinity,
  });
  return new Client({
    url: '/graphql',
    fetch: fetchAnswer,
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetchOptions: () => ({ credentials: 'same-origin', headers: headers() }),
    exchanges: [
      mapExchange({ onError: (error) => { if (problemOf(error).kind === 'signedOut') signedOut(); } }),
      cacheExchange,
      keys,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables }) => ({
          subscribe: (sink) => ({ unsubscribe: live.subscribe({ query: query ?? '', variables: variables as Record<string, unknown> }, sink as Parameters<typeof live.subscribe>[1]) }),
        }),
      }),
    ],
  });
}

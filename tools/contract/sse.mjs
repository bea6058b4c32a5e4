// Subscribes over server-sent events, distinct connections mode, with the
// graphql-sse client.
//
//   OPERATION, HEADERS, EVENTS as in ws.mjs
//   node sse.mjs http://…/graphql
//
// Beside the lines of sink.mjs: {"event":"connected"} when the stream is open.
import { createClient } from 'graphql-sse';
import { headers, stopped, tell, url } from './asked.mjs';
import { subscribe } from './sink.mjs';

const client = createClient({
  url,
  headers,
  retryAttempts: 0,
  on: { connected: () => tell({ event: 'connected' }) },
});

await subscribe(client, stopped);
client.dispose();
process.exit(0);

// Subscribes over graphql-transport-ws with the graphql-ws client.
//
//   OPERATION='{"query":"subscription …","variables":{}}'   what to subscribe to
//   PAYLOAD='{"authorization":"Bearer …"}'                  of connection_init; null sends none
//   HEADERS='{"Origin":"https://…","Cookie":"…"}'           of the upgrade
//   EVENTS=2                                                stop after so many
//   node ws.mjs ws://…/graphql
//
// Beside the lines of sink.mjs: {"event":"connected","payload":…} after
// connection_ack, and {"event":"closed",…} for the close of the socket.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { headers, setting, stopped, tell, url } from './asked.mjs';
import { subscribe } from './sink.mjs';

class Socket extends WebSocket {
  constructor(address, protocol) {
    const { Origin: origin, ...others } = headers;
    super(address, protocol, { headers: others, origin });
    this.on('unexpected-response', (request, response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (more) => (body += more));
      response.on('end', () => {
        tell({ event: 'refused', status: response.statusCode, body });
        process.exit(0);
      });
    });
  }
}

let closed;
const ended = new Promise((resolve) => (closed = resolve));
const client = createClient({
  url,
  webSocketImpl: Socket,
  connectionParams: setting('PAYLOAD', undefined),
  retryAttempts: 0,
  on: {
    connected: (_, payload) => tell({ event: 'connected', payload: payload ?? null }),
    closed: (event) => {
      tell({ event: 'closed', code: event?.code, reason: event?.reason });
      closed();
    },
  },
});

await subscribe(client, stopped);
await client.dispose();
await ended;
process.exit(0);

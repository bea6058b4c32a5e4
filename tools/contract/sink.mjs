// What a subscriber hears, told line by line:
//
//   {"event":"next","result":{"data":…,"errors":…}}   an event of the stream
//   {"event":"error","errors":[…]}                     the operation was refused
//   {"event":"complete"}                               the server ended it, or EVENTS were heard
//   {"event":"closed","code":4401,"reason":"…"}        the connection ended
//   {"event":"refused","status":403,"body":"…"}        there never was a connection
//   {"event":"failed","message":"…"}                   anything else
import { setting, tell } from './asked.mjs';

const wanted = setting('EVENTS', 0);

// subscribe subscribes with a client of graphql-ws or graphql-sse and resolves
// at the end of the stream. EVENTS=n stops after n events, the line "complete"
// on stdin at once.
export function subscribe(client, whenStopped) {
  const operation = setting('OPERATION', { query: 'subscription { __typename }' });
  return new Promise((resolve) => {
    let heard = 0;
    let stop = () => {};
    const sink = {
      next(result) {
        tell({ event: 'next', result });
        heard++;
        if (wanted && heard >= wanted) stop();
      },
      async error(problem) {
        tell(await explained(problem));
        resolve();
      },
      complete() {
        tell({ event: 'complete' });
        resolve();
      },
    };
    stop = client.subscribe(operation, sink);
    whenStopped(() => stop());
  });
}

async function explained(problem) {
  if (Array.isArray(problem)) return { event: 'error', errors: problem };
  if (typeof problem?.code === 'number') return { event: 'closed', code: problem.code, reason: problem.reason };
  if (problem?.response) {
    return { event: 'refused', status: problem.response.status, body: await text(problem.response) };
  }
  return { event: 'failed', message: String(problem?.message ?? problem) };
}

async function text(response) {
  try {
    return await response.text();
  } catch {
    return ''; // read already, or cut off
  }
}

// Audits a server by the whole suite of graphql-http and prints every result.
//
//   HEADERS='{"Authorization":"Bearer …"}' node audit.mjs http://…/graphql
//
// {"count":61,"ok":61,"results":[{"id","name","status","reason","response"}]}
// where status is ok, or error (a MUST), warn (a SHOULD), notice (a MAY), and
// reason and response stand at those that are not ok.
import { auditServer } from 'graphql-http';
import { headers, tell, url } from './asked.mjs';

// The audits' own headers win: they are what is audited.
const fetchFn = (to, init = {}) => fetch(to, { ...init, headers: { ...headers, ...init.headers } });

const results = [];
for (const r of await auditServer({ url, fetchFn })) {
  const shown = { id: r.id, name: r.name, status: r.status };
  if (r.status !== 'ok') {
    shown.reason = r.reason;
    shown.response = {
      status: r.response.status,
      headers: Object.fromEntries(r.response.headers),
      body: r.response.bodyUsed ? null : await r.response.text(),
    };
  }
  results.push(shown);
}
tell({ count: results.length, ok: results.filter((r) => r.status === 'ok').length, results });

// What both scripts share: the file of tokens, one request, and the mix.
//
// The file (LEITAI_TOKENS), which `make prove-mix` writes: {"servers": [addresses],
// "towns": [{"dashboard", "last", "approver"}], "counties": [tokens]}; tokens of
// dashboards and of somebody who works on rounds, and the last published round.
import http from 'k6/http';
import { check } from 'k6';
import { Rate } from 'k6/metrics';

export const world = JSON.parse(open(__ENV.LEITAI_TOKENS));
export const refused = new Rate('refused');

const pick = (list) => list[Math.floor(Math.random() * list.length)];

// ask sends one operation as the holder of a token; what is no answer counts.
export function ask(name, token, query, variables) {
  const answer = http.post(`${pick(world.servers)}/graphql`, JSON.stringify({ query, variables }), {
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}`, Accept: 'application/json' },
    tags: { name },
  });
  const body = answer.status === 200 ? answer.json() : null;
  const good = check(answer, { answered: () => body !== null && !body.errors && body.data !== null });
  refused.add(!good, { name });
  return good ? body.data : null;
}

const board = `query Board($round: ID!) { board(round: $round) { period revision hash rows { unitCode name shown rank change bands light unranked } } }`;
const rounds = `query Rounds { rounds(first: 20) { nodes { id period held state revision publications { id revision hash } } } }`;
const agenda = `query Agenda { rounds(state: OPEN, first: 5) { nodes { id period blockers(to: CLOSED) { code message } } } }`;
const marks = `query Marks($round: ID!) { round(id: $round) { state toMark { name item have need } marks(first: 50) { nodes { id state value } } } }`;
const county = `query County($from: String!, $to: String!) { countyComparison(from: $from, to: $to) { lines { code rounds { period index naiveMean naiveMedian onTime } } } }`;
const bundle = `query Bundle($round: ID!) { round(id: $round) { publications { hash bundle } } }`;

// Everybody who looks: a village at its board.
export function village() {
  const town = pick(world.towns);
  ask('board', town.dashboard, board, { round: town.last });
}

// The office on the day of the contest: what is left to mark, what is entered.
export function office() {
  const town = pick(world.towns);
  const open = ask('agenda', town.approver, agenda, {});
  if (open && open.rounds.nodes.length > 0) {
    ask('marks', town.approver, marks, { round: pick(open.rounds.nodes).id });
  }
}

// A list of rounds, as every page begins with one.
export function list() {
  ask('rounds', pick(world.towns).dashboard, rounds, {});
}

// The county compares its townships over a year.
export function compare() {
  ask('county', pick(world.counties), county, { from: '2025-01', to: '2025-12' });
}

// Somebody takes a bundle to recompute it.
export function recompute() {
  const town = pick(world.towns);
  ask('bundle', town.dashboard, bundle, { round: town.last });
}

// among runs one of several [weight, what] by chance.
export function among(mix) {
  let at = Math.random() * mix.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, what] of mix) {
    at -= weight;
    if (at <= 0) {
      return what();
    }
  }
  return undefined;
}

// What a run has to reach.
export const thresholds = {
  refused: ['rate==0'],
  http_req_failed: ['rate==0'],
  'http_req_duration{name:board}': ['p(99)<500'],
  'http_req_duration{name:county}': ['p(99)<1500'],
};

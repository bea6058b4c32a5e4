// Reads the newest board, asks why its first village stands first, walks the
// rounds in pages and, when the token may write, opens an issue, once.
//
//   LEITAI_URL=http://127.0.0.1:8080/graphql LEITAI_TOKEN=leitai_pat_… npm start
import { accepted, Client, Rejected } from './client.js';
import { BoardDocument, ExplainDocument, IssueOpenDocument, RoundsDocument, type RoundsQuery } from './gql/graphql.js';
import { all } from './paging.js';

type Round = RoundsQuery['rounds']['nodes'][number];

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`set ${name}`);
  return value;
}

const client = new Client({ url: setting('LEITAI_URL'), token: setting('LEITAI_TOKEN') });

async function rounds(size: number): Promise<Round[]> {
  const found: Round[] = [];
  for await (const round of all(async (after) => (await client.query(RoundsDocument, { first: size, after })).rounds)) {
    found.push(round);
  }
  return found;
}

const published = await rounds(2);
const whole = await rounds(100);
if (JSON.stringify(published) !== JSON.stringify(whole)) throw new Error('pages are not the whole list');
console.log(`rounds ${whole.map((r) => r.period).join(' ')}`);

const newest = whole[0];
if (!newest) throw new Error('nothing is published yet');

const { board } = await client.query(BoardDocument, { round: newest.id });
if (!board) throw new Error('the board may not be read');
console.log(`board ${board.period} ${board.tenant.name} revision ${board.revision}`);
for (const row of board.rows) console.log(`${row.rank ?? '–'} ${row.name} ${row.shown} ${row.bands.join(' ')}`.trimEnd());

const first = board.rows[0];
if (!first) throw new Error('the board is empty');
const { explain } = await client.query(ExplainDocument, { round: newest.id, unitCode: first.unitCode });
console.log(`explained ${explain?.sentence ?? ''}`);

if (process.env['LEITAI_ISSUE_DUE']) {
  const issue = {
    competition: newest.competition.id,
    round: newest.id,
    unitCode: first.unitCode,
    title: '沟渠积存垃圾',
    base: '1',
    due: process.env['LEITAI_ISSUE_DUE'],
  };
  try {
    accepted((await client.mutate(IssueOpenDocument, { input: { ...issue, unitCode: '000000000000' } })).issueOpen);
    throw new Error('a village that does not exist was taken');
  } catch (problem) {
    if (!(problem instanceof Rejected)) throw problem;
    console.log(`rejected ${problem.userErrors.map((e) => `${e.field} ${e.code}`).join(', ')}`);
  }
  const opened = accepted((await client.mutate(IssueOpenDocument, { input: issue })).issueOpen);
  console.log(`opened issue ${opened.issue?.number}`);
}

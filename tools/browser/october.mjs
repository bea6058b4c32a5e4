// October of the monthly arena as the judge's and the secretary's journeys find
// it: prepared by the office, marked by the judges of the other groups, announced.
import assert from 'node:assert/strict';
import { County, village } from './county.mjs';

export { village };

/** Asks as somebody, by pseudonym: the answer's data, or a failure with what was refused. */
export const ask = (stage, who, query, variables) => new County(stage).ask(who, query, variables);

const refusals = 'userErrors { field code message subjects }';

/** Takes a step with a round, on the revision it has; the office does unless somebody is named. */
export async function take(stage, round, name, reason, who = 'C1') {
  await ask(stage, who, `mutation($in: RoundStepInput!) { ${name}(input: $in) { ${refusals} } }`, { in: { round, revision: await now(stage, round), ...(reason ? { reason } : {}) } });
}

export const now = async (stage, round) => (await ask(stage, 'C1', 'query($id: ID!) { round(id: $id) { revision } }', { id: round })).round.revision;

const criteria = '现场查看为主，资料备查；不要求另做台账。';
// One item of points, one checklist, one with deductions: each by its owner.
const items = [
  ['L4', { key: 'party', name: '党建', dimension: 'party-building', points: '40', criteria }],
  ['L6', { key: 'habitat', name: '人居环境', dimension: 'habitat', points: '30', criteria, kind: 'CHECKLIST',
    rule: { checks: [{ key: 'road', name: '主干道整洁', points: '10' }, { key: 'ditch', name: '沟渠无积存垃圾', points: '10' }, { key: 'toilet', name: '公厕有人管护', points: '10' }] } }],
  ['L8', { key: 'safety', name: '安全生产', dimension: 'safety', points: '30', criteria, kind: 'DEDUCTIONS',
    rule: { floor: '0', table: [{ key: 'hidden', name: '隐患未整改', points: '5' }, { key: 'record', name: '劝导没有记录', points: '2' }] } }],
];

const villages = Array.from({ length: 12 }, (_, n) => n + 1);
const first = villages.slice(6), second = villages.slice(0, 6);

/**
 * Opens the round of October on its day: two groups on site, each with half of
 * the villages, and one for the ledgers. K9 sits in the first group and is
 * resident cadre of village 9; J1 and J2 belong to no village. Gives its id.
 */
export async function openOctober(stage) {
  await stage.today('2023-10-23', '09:00');
  const { rounds } = await ask(stage, 'C1', '{ rounds(state: PLANNED, first: 20) { nodes { id period } } }');
  const round = rounds.nodes.find((r) => r.period === '2023-10').id;
  const of = await everybody(stage);
  for (const [owner, item] of items) {
    await ask(stage, owner, `mutation($in: RubricWriteInput!) { rubricWrite(input: $in) { ${refusals} } }`, { in: { round, items: [item], revision: await now(stage, round) } });
  }
  await take(stage, round, 'rubricPublish');
  const panels = [
    { name: '现场督查一组', channels: ['onsite'], unitCodes: first.map(village), members: of('J1', 'J2') },
    { name: '现场督查二组', channels: ['onsite'], unitCodes: second.map(village), members: of('J3', 'J4') },
    { name: '台账评审组', channels: ['ledger'], members: of('J5', 'J6') },
  ];
  const seats = [['K9', 1], ['K1', 2], ['K2', 2], ['K12', 3]].map(([who, panel]) => ({ person: of(who)[0], panel }));
  await ask(stage, 'C1', `mutation($in: PanelsSetInput!) { panelsSet(input: $in) { ${refusals} } }`, { in: { round, panels, seconded: { assigned: seats }, revision: await now(stage, round) } });
  await ask(stage, 'C1', `mutation($in: RoundNotifyInput!) { roundNotify(input: $in) { ${refusals} } }`, { in: { round, number: '晴擂办〔2023〕7号', venue: '乡政府三楼会议室', text: '本通知为演示文件', revision: await now(stage, round) } });
  await stage.today('2023-10-30', '08:30');
  await take(stage, round, 'roundOpen');
  return round;
}

/** Gives ids of people of the township for their pseudonyms. */
async function everybody(stage) {
  const known = await new County(stage).people();
  return (...names) => names.map((n) => known[n] ?? assert.fail(`nobody is ${n}`));
}

// What a judge finds in a village: no two villages come out the same, and about village 11 the
// judges differ, so that its rank and the next one's depend on who judged.
const differ = { J1: -10, J2: 10, K9: -10 };
function found(item, n, judge) {
  if (item === 'party') return { value: String(95 - 2 * n + (n % 3) + (n === 11 ? differ[judge] ?? 0 : 0)) };
  if (item === 'habitat') return { detail: { checks: [{ key: 'road', answer: 'YES' }, { key: 'ditch', answer: n % 4 === 0 ? 'NO' : 'YES' }, { key: 'toilet', answer: 'YES' }] } };
  return { detail: { events: n % 3 === 0 ? [{ key: 'record', count: 1 }] : [] } };
}

const without = (numbers, own) => numbers.filter((n) => n !== own);

/** Marks every village as those whose task it is, the seconded cadres as well when they are wanted, and has it confirmed. */
export async function markOctober(stage, round, seconded = false) {
  const of = await everybody(stage);
  for (const n of villages) {
    await ask(stage, 'C1', `mutation($in: LedgerReceiveInput!) { ledgerReceive(input: $in) { ${refusals} } }`, { in: { round, unitCode: village(n), deliveredBy: of(`S${n}`)[0] } });
  }
  const cells = (who, numbers, channel) => numbers.flatMap((n) => items.map(([, { key }]) => ({ id: crypto.randomUUID(), unitCode: village(n), item: key, channel, ...found(key, n, who) })));
  const tasks = [['J1', first, 'onsite'], ['J2', first, 'onsite'], ['J3', second, 'onsite'], ['J4', second, 'onsite'], ['J5', villages, 'ledger']];
  if (seconded) tasks.push(['K9', without(first, 9), 'onsite'], ['K1', without(second, 1), 'onsite'], ['K2', without(second, 2), 'onsite']);
  for (const task of tasks) {
    const [who] = task;
    const marks = cells(...task);
    await ask(stage, who, `mutation($in: MarksSubmitInput!) { marksSubmit(input: $in) { ${refusals} } }`, { in: { round, marks } });
  }
  await confirmOctober(stage, round);
}

/** Confirms every mark that waits for it, as the confirmer. */
export async function confirmOctober(stage, round) {
  const waiting = [];
  for (let after = null, more = true; more;) {
    const { marks } = (await ask(stage, 'R1', 'query($id: ID!, $after: String) { round(id: $id) { marks(first: 100, after: $after) { nodes { id state } pageInfo { hasNextPage endCursor } } } }', { id: round, after })).round;
    waiting.push(...marks.nodes.filter((m) => m.state === 'ENTERED').map((m) => m.id));
    after = marks.pageInfo.endCursor;
    more = marks.pageInfo.hasNextPage;
  }
  await ask(stage, 'R1', `mutation($in: MarksConfirmInput!) { marksConfirm(input: $in) { ${refusals} } }`, { in: { round, marks: waiting } });
}

/** Takes October to the announcement: marked, closed, computed, shown to the villages. Gives its id. */
export async function announceOctober(stage) {
  const round = await openOctober(stage);
  await markOctober(stage, round, true);
  for (const name of ['roundClose', 'roundCompute', 'roundAnnounce']) await take(stage, round, name);
  return round;
}

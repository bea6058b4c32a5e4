// What others do while somebody uses the console: over the public API, each with
// an own token. A journey plays with it what its person would only see the end
// of: a month that was held, a contest that was set up.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

/** The county beside the browser. */
export class County {
  constructor(stage) { this.stage = stage; }

  /** Asks as somebody, by pseudonym. A refusal, of the whole or of an input, is a failure of the journey. */
  async ask(who, query, variables = {}) {
    const { token } = this.stage.person(who);
    const answer = await fetch(`${this.stage.url}/graphql`, { method: 'POST', body: JSON.stringify({ query, variables }),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() } });
    const { data, errors } = await answer.json();
    assert.ok(!errors, `${who}: ${JSON.stringify(errors)}\n${query}`);
    for (const [name, payload] of Object.entries(data)) if (payload?.userErrors) assert.deepEqual(payload.userErrors, [], `${who}: ${name}`);
    return data;
  }

  /** Carries out one mutation as somebody and gives its payload. */
  async act(who, name, type, input, selection) {
    const data = await this.ask(who, `mutation A($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code message field subjects } } }`, { input });
    return data[name];
  }

  /** A step of a round; gives the round as it stands then. */
  async step(who, name, round, more = {}, type = 'RoundStepInput') {
    const done = await this.act(who, name, type, { round: round.id, revision: round.revision, ...more }, 'round { id period held state revision } blockers { message }');
    assert.deepEqual(done.blockers, [], name);
    return done.round;
  }

  /** The round of a period of a competition. */
  async round(period, competition) {
    const { rounds } = await this.ask('C1', '{ rounds(first: 100) { nodes { id period held state revision competition { id } } } }');
    return rounds.nodes.find((r) => r.period === period && (!competition || r.competition.id === competition));
  }

  /** Ids of people by pseudonym. */
  async people() {
    const known = {};
    for (let after = null, more = true; more;) {
      const { people } = await this.ask('C1', 'query($after: String) { people(first: 100, after: $after) { nodes { id pseudonym } pageInfo { hasNextPage endCursor } } }', { after });
      for (const p of people.nodes) known[p.pseudonym] = p.id;
      ({ hasNextPage: more, endCursor: after } = people.pageInfo);
    }
    return known;
  }

  /** A contest from its template to its first dated round. */
  async contest(document, name, period) {
    const { template } = await this.act('C1', 'templateCreate', 'TemplateCreateInput', { document }, 'template { id revision toConfirm }');
    await this.act('A1', 'templateActivate', 'TemplateActivateInput', { template: template.id, revision: template.revision, confirm: template.toConfirm }, 'template { id }');
    const { competition } = await this.act('C1', 'competitionCreate', 'CompetitionCreateInput', { name, template: template.id, fromPeriod: period, filingNumber: '岚督考备〔2023〕31号',
      notice: { number: '晴委发〔2023〕21号', issuer: '中共晴禾乡委员会', date: '2023-10-09', title: `关于开展${name}的通知` },
      leadingGroup: { members: [{ seat: 'head', title: '乡党委书记' }], offices: ['党建办'] } }, 'competition { id }');
    await this.act('C1', 'roundsPlan', 'RoundsPlanInput', { competition: competition.id, from: period, to: period }, 'entries { period }');
    return { competition: competition.id, round: await this.round(period, competition.id) };
  }

  /** Lets judges write marks: [judge, [{unitCode, item, channel, value}]]; R1 confirms them all. */
  async marks(round, batches) {
    const ids = [];
    for (const [judge, marks] of batches) {
      const all = marks.map((m) => ({ id: randomUUID(), ...m }));
      const sent = await this.act(judge, 'marksSubmit', 'MarksSubmitInput', { round: round.id, marks: all }, 'marks { id }');
      ids.push(...sent.marks.map((m) => m.id));
    }
    await this.act('R1', 'marksConfirm', 'MarksConfirmInput', { round: round.id, marks: ids }, 'marks { id }');
    return ids;
  }

  /**
   * October's round of the monthly contest (or of another one of its kind), up to
   * its announcement: one item, three groups, every village its total by number
   * of the village.
   */
  async october(totals, competition) {
    const who = await this.people();
    let round = await this.round('2023-10', competition);
    await this.stage.today('2023-10-27', '09:00');
    round = await this.step('L4', 'rubricWrite', round, { items: [{ key: 'party', name: '党建', dimension: 'party-building', points: '100', criteria: '“三会一课”记录齐全。' }] }, 'RubricWriteInput');
    round = await this.step('C1', 'rubricPublish', round);
    const panel = (name, channel, ...members) => ({ name, channels: [channel], members: members.map((m) => who[m]) });
    round = await this.step('C1', 'panelsSet', round, {
      panels: [panel('现场督查一组', 'onsite', 'J1', 'J2'), panel('现场督查二组', 'onsite', 'J3', 'J4'), panel('台账评审组', 'ledger', 'J5', 'J6')],
      seconded: { assigned: ['K1', 'K2', 'K3', 'K4'].map((k, n) => ({ person: who[k], panel: n % 3 + 1 })) } }, 'PanelsSetInput');
    round = await this.step('C1', 'roundNotify', round, { number: '晴擂办〔2023〕10号', venue: '乡政府三楼会议室' }, 'RoundNotifyInput');
    await this.stage.today(round.held, '09:00');
    round = await this.step('C1', 'roundOpen', round);
    for (let n = 1; n <= 12; n++) await this.act('C1', 'ledgerReceive', 'LedgerReceiveInput', { round: round.id, unitCode: village(n), deliveredBy: who[`S${n}`] }, 'round { id }');
    const given = (channel) => Array.from({ length: 12 }, (_, n) => ({ unitCode: village(n + 1), item: 'party', channel, value: totals(n + 1) }));
    await this.stage.today(round.held, '16:00');
    await this.marks(round, [['J1', given('onsite')], ['J2', given('onsite')], ['J5', given('ledger')]]);
    await this.stage.today(round.held, '17:00');
    return this.finish(await this.round('2023-10', competition));
  }

  /** Closes a round, computes and announces it. */
  async finish(round, until = 'roundAnnounce') {
    for (const step of ['roundClose', 'roundCompute', 'roundAnnounce']) {
      round = await this.step('C1', step, round);
      if (step === until) break;
    }
    return round;
  }
}

/** Code of the n-th village of the township. */
export const village = (n) => `990101201${String(n).padStart(3, '0')}`;

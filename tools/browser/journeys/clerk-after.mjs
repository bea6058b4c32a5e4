// The clerk's month, the second half: closed, tried and computed, announced,
// an objection applied, published with its public page, opened again for a
// correction whose changes are seen before they are kept; an issue answered,
// sent back, answered again and verified; messages muted by kind.
import assert from 'node:assert/strict';
import { part } from '../month.mjs';
import { ask, markOctober, now, openOctober, village } from '../october.mjs';

export default async function clerkAfter(stage) {
  const round = await openOctober(stage);
  await markOctober(stage, round);
  const page = await stage.signIn('C1');
  const head = await stage.signIn('A1');
  await toAnnouncement(stage, page);
  await objected(stage, page, round);
  await published(stage, page, head, round);
  await again(stage, page, head, round);
  await issue(stage, page);
}

const next = (page, step) => page.getByRole('heading', { name: `下一步：${step}` }).waitFor();

// Nothing is kept before the dry run was looked at.
async function compute(stage, page, changed) {
  await stage.click(page.getByRole('button', { name: '关闭评分' }));
  await next(page, '试算并保存结果');
  await stage.click(page.getByRole('link', { name: '去试算并保存结果' }));
  await page.getByText(changed ? '与上次相比的变化' : '没有变化要提示').waitFor();
  if (changed) await stage.picture(page, 'rounds-preview');
  await stage.click(page.getByRole('button', { name: '保存计算结果' }));
  await part(stage, page, '进度');
  await next(page, '公示');
  await stage.click(page.getByRole('button', { name: '公示' }));
  await next(page, '审定通报');
}

async function toAnnouncement(stage, page) {
  await stage.click(page.getByRole('article').filter({ hasText: '2023-10' }).getByRole('link', { name: /^去办理/ }));
  await page.getByText('前提都已具备').waitFor();
  await compute(stage, page, false);
  await page.getByText(/异议至 2023-11-/).waitFor();
  await stage.picture(page, 'rounds-announced');
}

// After the publication the leader opens it again, with a reason; a mark is corrected, and
// what changes is seen before it is kept.
async function again(stage, page, head, round) {
  await part(stage, head, '进度');
  await stage.click(head.getByText('主题、重新开放与取消'));
  await stage.click(head.getByRole('button', { name: '重新开放' }));
  await head.getByRole('alert').first().waitFor(); // not without a reason
  await head.getByLabel('重新开放：原因').fill('复核一处录入');
  await stage.click(head.getByRole('button', { name: '重新开放' }));
  await next(head, '关闭评分');
  await part(stage, page, '进度');
  await next(page, '关闭评分');
  await head.context().close();
  await stage.click(page.getByRole('link', { name: '录入评分表' }));
  const judge = page.getByLabel(/^评委/);
  await judge.selectOption(await judge.locator('option').filter({ hasText: '评比小组成员五' }).getAttribute('value'));
  await stage.click(page.getByRole('button', { name: '更正 晨穗村 人居环境 资料台账' }));
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('人居环境：主干道整洁').fill('是');
  await dialog.getByLabel('人居环境：沟渠无积存垃圾').fill('否');
  await dialog.getByLabel('人居环境：公厕有人管护').fill('不适用');
  await dialog.getByLabel('更正原因').fill('与纸质评分表不符');
  await stage.click(dialog.getByRole('button', { name: '更正' }));
  await dialog.waitFor({ state: 'detached' });
  const waiting = (await marksOf(stage, round)).filter((m) => m.state === 'ENTERED').map((m) => m.id);
  await ask(stage, 'R1', 'mutation($in: MarksConfirmInput!) { marksConfirm(input: $in) { userErrors { field code message } } }', { in: { round, marks: waiting } });
  await stage.click(page.getByRole('link', { name: '回到本轮次' }));
  await compute(stage, page, true);
}

// Every mark of the round.
async function marksOf(stage, round) {
  const all = [];
  for (let after = null, more = true; more;) {
    const { round: { marks } } = await ask(stage, 'R1', 'query($id: ID!, $after: String) { round(id: $id) { marks(first: 100, after: $after) { nodes { id state subject item channel } pageInfo { hasNextPage endCursor } } } }', { id: round, after });
    all.push(...marks.nodes);
    after = marks.pageInfo.endCursor;
    more = marks.pageInfo.hasNextPage;
  }
  return all;
}

// An objection that was accepted is applied by somebody who did not decide it.
async function objected(stage, page, round) {
  const { round: r } = await ask(stage, 'S9', 'query($id: ID!) { round(id: $id) { roster { subject code } } }', { id: round });
  const subject = r.roster.find((e) => e.code === village(9)).subject;
  const { objectionFile: filed } = await ask(stage, 'S9', 'mutation($in: ObjectionFileInput!) { objectionFile(input: $in) { objection { id revision } userErrors { field code message } } }', { in: { round, subject, item: 'party', channel: 'ledger', reason: '台账第三册漏评，请复核。' } });
  const mark = (await marksOf(stage, round)).find((m) => m.subject === subject && m.item === 'party' && m.channel === 'ledger');
  await ask(stage, 'A1', 'mutation($in: GrantCreateInput!) { grantCreate(input: $in) { userErrors { field code message } } }', { in: { login: stage.person('R2').login, role: 'review-group', unitCode: '990101201' } });
  await ask(stage, 'R2', 'mutation($in: ObjectionDecideInput!) { objectionDecide(input: $in) { userErrors { field code message } } }',
    { in: { objection: filed.objection.id, revision: filed.objection.revision, accept: true, reason: '漏评属实。', corrections: [{ mark: mark.id, value: '95' }] } });
  await page.reload();
  await stage.click(page.getByRole('button', { name: '一并更正成立的异议' }));
  await page.getByText('已更正，结果已重算').waitFor();
}

async function published(stage, page, head, round) {
  await stage.today('2023-11-06', '10:00');
  await ask(stage, 'A1', 'mutation($in: RoundPublishInput!) { roundPublish(input: $in) { userErrors { field code message } } }', { in: { round, revision: await now(stage, round), audience: 'PUBLIC', comment: '同意通报。' } });
  await part(stage, page, '成绩榜');
  await page.getByRole('table', { name: '成绩榜（第 1 版）' }).getByRole('row', { name: /前三名/ }).first().waitFor();
  await stage.picture(page, 'rounds-board');
  await head.goto(`/console/rounds/${round}/results`);
  await head.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await stage.click(head.getByRole('button', { name: /^复制：公开页面/ }));
  await head.getByText('已复制').waitFor();
  const outside = await stage.fresh();
  const open = await outside.newPage();
  await open.goto(await head.evaluate(() => navigator.clipboard.readText()));
  await open.getByText('2023-10').first().waitFor();
  assert.equal(await open.getByText('后三名').count(), 0); // the public is not told who came last
  await outside.close();
}

// From a deduction to an issue: assigned, answered, sent back, answered, closed.
async function issue(stage, page) {
  await stage.menu(page, '问题整改');
  await stage.click(page.getByRole('button', { name: '登记新问题' }));
  await page.getByLabel('问题内容').fill('沟渠积存垃圾未清理'); // the list of issues asks for a village, too
  await page.getByLabel(/^村（社区）/).selectOption({ label: '禾月村' });
  await page.getByLabel('具体地点').fill('村口排水沟');
  await page.getByLabel('基础扣分').fill('1');
  await page.getByLabel('整改期限').fill('2023-11-20');
  await page.getByLabel('问题类型').fill('垃圾清运');
  await stage.picture(page, 'issues-new');
  await stage.click(page.getByRole('button', { name: '交办' }));
  await page.getByRole('heading', { name: '沟渠积存垃圾未清理' }).waitFor();
  const secretary = await stage.signIn('S3');
  await stage.click(secretary.getByRole('article').filter({ hasText: '待整改的问题' }).getByRole('link', { name: /去办理/ }));
  await stage.click(secretary.getByRole('link', { name: /沟渠积存垃圾未清理/ }));
  await answered(stage, secretary, '已清运两车。');
  await step(stage, page, '退回', '退回理由', '沟底还有积存。');
  await secretary.reload();
  await answered(stage, secretary, '已清到沟底，安排专人管护。');
  await told(stage, secretary);
  await secretary.context().close();
  await step(stage, page, '核验销号', '核验情况', '现场查看，已清理干净。');
  await page.getByText('已销号').first().waitFor();
  await stage.picture(page, 'issues-issue');
}

async function answered(stage, page, measure) {
  await stage.click(page.getByRole('button', { name: '反馈整改情况' }));
  await page.getByLabel('整改措施').fill(measure);
  await stage.click(page.getByRole('dialog').getByRole('button', { name: '反馈整改情况' }));
  await page.getByText(/已反馈/).first().waitFor();
}

async function step(stage, page, name, label, note) {
  await page.reload();
  await stage.click(page.getByRole('button', { name, exact: true }));
  await page.getByLabel(label).fill(note);
  await stage.click(page.getByRole('dialog').getByRole('button', { name, exact: true }));
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

// A kind of message is no longer wanted, and stays so.
async function told(stage, page) {
  await stage.menu(page, '消息');
  await stage.click(page.getByText('消息设置'));
  await stage.click(page.getByRole('checkbox').first());
  await stage.click(page.getByRole('button', { name: '保存设置' }));
  await page.getByText('已保存。').waitFor();
  await page.reload();
  await stage.click(page.getByText('消息设置'));
  await page.getByRole('checkbox').first().waitFor();
  assert.equal(await page.getByRole('checkbox').first().isChecked(), false);
}

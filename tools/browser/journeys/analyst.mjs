// A county's morning: townships compared by what they share, those that cannot
// be compared marked with the reason; heat map, trend, distribution, down to a
// village's published result; a file; the plan of inspections; good practice;
// the year. Then whoever may changes by what is compared, and publishes it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { inBoth } from '../axe.mjs';

export default async function analyst(stage) {
  const found = [];
  const looks = async (page) => { if (stage.size === 'desk') found.push(...(await inBoth(page))); };
  const page = await stage.signIn('county-analyst');
  await compared(stage, page, looks);
  await drawn(stage, page, looks);
  await down(stage, page);
  await exported(stage, page);
  await around(stage, page, looks);
  await page.context().close();
  await ruled(stage);
  await practice(stage);
  assert.deepEqual(found, []);
}

/** By the menu to a page with a heading. */
async function go(stage, page, name, heading = name) {
  await stage.menu(page, name);
  await page.locator('main#main h1').filter({ hasText: heading }).waitFor();
}

const row = (page, name) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });

async function compared(stage, page, looks) {
  await go(stage, page, '横向比对');
  await row(page, '晴禾乡').getByText('可比', { exact: true }).waitFor();
  assert.match(await row(page, '晴禾乡').innerText(), /\s1\s+84\.07/, 'the first of those who can be compared');
  assert.match(await row(page, '菱畈乡').innerText(), /\s2\s/);
  for (const [name, why] of [['蘅溪乡', '缺少共有维度：人居环境'], ['萤洲乡', '覆盖率不足'], ['穗溪乡', '没有已公布的村级结果']]) {
    const text = await row(page, name).innerText();
    assert.ok(text.includes('不可比') && text.includes(why), text);
    assert.match(text, /—/, 'who cannot be compared has no rank');
  }
  await looks(page);
  await stage.picture(page, 'compare-table');
}

/** The three drawings: with words for whoever cannot see them, and by keyboard. */
async function drawn(stage, page, looks) {
  await page.getByRole('radio', { name: '总表' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('table', { name: /各维度均分/ }).waitFor();
  const cells = await page.locator('td[class*=heat-]').allInnerTexts();
  assert.ok(cells.length > 10 && cells.every((c) => /^\d+\.\d\d$/.test(c)), 'every shaded cell says its number');
  await looks(page);
  await stage.picture(page, 'compare-heat');
  await stage.click(page.getByText('走势', { exact: true }));
  const trend = page.getByRole('img', { name: /^走势：/ });
  await trend.locator('canvas').waitFor();
  assert.match(await trend.getAttribute('aria-label'), /晴禾乡 83\.44 → .*蘅溪乡（不可比）/);
  if (stage.size === 'phone') await narrow(page, trend);
  await looks(page);
  await stage.picture(page, 'compare-trend');
  await stage.click(page.getByText('分布', { exact: true }));
  const spread = page.getByRole('img', { name: /^分布：/ });
  await spread.locator('canvas').waitFor();
  assert.match(await spread.getAttribute('aria-label'), /晴禾乡 最低 71\.13/);
  assert.equal(await page.getByRole('row').filter({ hasText: '萤洲乡' }).count(), 0, 'no distribution of whom cannot be compared');
  await looks(page);
  await stage.picture(page, 'compare-spread');
}

/** A chart keeps within a screen that becomes smaller. */
async function narrow(page, chart) {
  const was = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  await page.waitForFunction((box) => box.querySelector('canvas').clientWidth <= 320 && box.querySelector('canvas').clientWidth === box.clientWidth, await chart.elementHandle());
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
  await page.setViewportSize(was);
}

/** From the table to a township, to a board, to why a village has its rank. */
async function down(stage, page) {
  await stage.click(page.getByText('总表', { exact: true }));
  await stage.click(page.getByRole('link', { name: '晴禾乡' }));
  await page.getByRole('heading', { level: 1, name: '晴禾乡' }).waitFor();
  await page.getByText('各维度均分').waitFor();
  await stage.picture(page, 'compare-unit');
  await stage.click(page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '2023-08' }) }).getByRole('link', { name: '成绩榜' }));
  await stage.click(page.getByRole('button', { name: '星麦村：为什么是这个名次' }));
  await page.getByRole('region', { name: '星麦村：为什么是这个名次' }).getByRole('table').first().waitFor();
  await stage.picture(page, 'compare-board');
  await page.goBack();
  await page.goBack();
}

/** The numbers as files: made in the background, and at once. */
async function exported(stage, page) {
  const box = page.getByRole('region', { name: '导出' });
  await stage.click(box.getByRole('button', { name: '生成文件' }));
  const link = box.getByRole('link', { name: '下载文件' });
  await link.waitFor();
  const bytes = readFileSync(await saved(page, () => stage.click(link)));
  assert.equal(bytes.subarray(0, 2).toString(), 'PK', 'a workbook is a zip');
  assert.ok(bytes.length > 5000);
  await stage.picture(page, 'compare-export');
  const now = readFileSync(await saved(page, () => stage.click(box.getByRole('link', { name: /直接下载/ }))), 'utf8');
  assert.ok(now.includes('990101201001') && now.includes('990101331001'), 'facts of both townships');
}

async function saved(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return download.path();
}

/** The plan with its overlaps, good practice, the library, the year. */
async function around(stage, page, looks) {
  await go(stage, page, '检查统筹');
  await page.getByText('有 1 处重叠').waitFor();
  assert.equal(await page.getByText(/^与 .* 重叠$/).count(), 2, 'both that meet are marked');
  await looks(page);
  await stage.picture(page, 'inspections');
  await page.getByLabel('月份').fill('2022-01');
  await page.getByText('本月没有安排轮次或走访').waitFor();
  await go(stage, page, '亮点与评分细则');
  await page.getByRole('heading', { name: '一张值班表管住一件事' }).waitFor();
  await page.getByRole('list', { name: '佐证' }).getByRole('link').first().waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('main img')].every((i) => i.complete && i.naturalWidth > 0));
  await stage.picture(page, 'highlights');
  await stage.click(page.getByText('评分细则库', { exact: true }));
  await page.getByRole('rowheader').filter({ hasText: '晴禾乡' }).first().waitFor();
  await go(stage, page, '年度报告');
  await row(page, '晴禾乡').getByText('可比', { exact: true }).waitFor();
  await looks(page);
  await stage.picture(page, 'year');
}

/** By what is compared: an item mapped, a rule refused and set, the result published. */
async function ruled(stage) {
  const page = await stage.signIn('county-admin');
  await go(stage, page, '横向比对');
  await stage.click(page.getByRole('link', { name: '蘅溪乡' }));
  await stage.click(page.getByRole('link', { name: '增加对照' }));
  const map = page.getByRole('dialog', { name: '增加对照' });
  await map.getByRole('combobox', { name: /^项目/ }).selectOption({ label: '庭院整治（未标明维度）' });
  await map.getByRole('combobox', { name: /^维度/ }).selectOption('人居环境');
  await map.getByLabel('理由').fill('庭院整治属于人居环境整治内容');
  await stage.picture(page, 'compare-mapping');
  await stage.click(map.getByRole('button', { name: '增加对照' }));
  await map.waitFor({ state: 'hidden' });
  await row(page, '蘅溪乡').getByText('庭院整治').waitFor();
  await stage.click(page.getByRole('button', { name: '规定口径' }));
  const rule = page.getByRole('dialog', { name: '规定口径' });
  await rule.getByLabel('最低覆盖率').fill('1.5');
  await rule.getByLabel('理由').fill('产业乡镇也应参加比对');
  await stage.click(rule.getByRole('button', { name: '规定口径' }));
  await rule.getByRole('alert').first().waitFor();
  assert.equal(await rule.getByLabel('理由').inputValue(), '产业乡镇也应参加比对', 'what was typed stays');
  await rule.getByLabel('最低覆盖率').fill('0.3');
  await stage.picture(page, 'compare-rule');
  await stage.click(rule.getByRole('button', { name: '规定口径' }));
  await rule.waitFor({ state: 'hidden' });
  await stage.picture(page, 'compare-rules');
  await go(stage, page, '横向比对');
  for (const name of ['蘅溪乡', '萤洲乡']) await row(page, name).getByText('可比', { exact: true }).waitFor();
  await stage.click(page.getByRole('button', { name: '公布本次比对' }));
  const publish = page.getByRole('dialog', { name: '公布本次比对' });
  await publish.getByLabel('说明').fill('供各乡镇对照改进');
  await stage.click(publish.getByRole('button', { name: '公布本次比对' }));
  await stage.click(page.getByRole('link', { name: '查看公布的比对' }));
  await row(page, '萤洲乡').getByText('可比', { exact: true }).waitFor();
  await stage.picture(page, 'compare-publication');
  await page.context().close();
}

/** A township sees what was published, its own and the first three; it enters and shares good practice. */
async function practice(stage) {
  const clerk = await stage.signIn('township-clerk');
  await go(stage, clerk, '公布的比对', '公布的横向比对');
  await stage.click(clerk.getByRole('main').getByRole('link', { name: /2022-11/ }));
  await row(clerk, '晴禾乡').getByText('可比', { exact: true }).waitFor();
  await clerk.getByText('不向其他乡镇显示').first().waitFor();
  await stage.picture(clerk, 'compare-published-township');
  await go(stage, clerk, '亮点与评分细则');
  await stage.click(clerk.getByRole('button', { name: '记录亮点' }));
  const form = clerk.getByRole('dialog', { name: '记录亮点' });
  await form.getByRole('combobox', { name: /^村/ }).selectOption('星麦村');
  await form.getByRole('combobox', { name: /^维度/ }).selectOption('人居环境');
  await form.getByLabel('标题').fill('沟渠认领到户');
  await form.getByLabel('做法与成效').fill('每段沟渠挂牌到户，每月互查一次。');
  await stage.click(form.getByRole('button', { name: '记录亮点' }));
  await clerk.getByRole('heading', { name: '沟渠认领到户' }).waitFor();
  await stage.click(clerk.getByRole('button', { name: '修改亮点：沟渠认领到户' }));
  const change = clerk.getByRole('dialog', { name: '修改亮点' });
  await change.getByLabel('标题').fill('沟渠认领，户户有责');
  await stage.click(change.getByRole('button', { name: '修改亮点' }));
  await clerk.getByRole('heading', { name: '沟渠认领，户户有责' }).waitFor();
  await clerk.context().close();
  const approver = await stage.signIn('township-approver');
  await go(stage, approver, '亮点与评分细则');
  await stage.click(approver.getByRole('button', { name: '共享到县内：沟渠认领，户户有责' }));
  await approver.getByText('已共享').waitFor();
  await stage.picture(approver, 'highlights-own');
  await stage.click(approver.getByRole('button', { name: '取消共享：沟渠认领，户户有责' }));
  await approver.getByRole('button', { name: '共享到县内：沟渠认领，户户有责' }).waitFor();
  await approver.context().close();
}

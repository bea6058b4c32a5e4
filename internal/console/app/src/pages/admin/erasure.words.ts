import { words } from '@/words/language';

export const said = words({
  about: '应本人要求删除姓名和联系信息；成绩、记录只留代号，照常可查。', who: '人员', choose: '请选择人员', look: '查看会删除什么', goes: '将删除', stays: '将保留（只有代号）', nothing: '没有可删除的内容。', duties: '须先交接', dutiesAbout: '以下工作仍由此人承担，请先在花名册交接或免去职务，再删除。', free: '没有未了结的工作，可以删除。', mentions: '文字中提到姓名或账号的地方', mentionsAbout: '这些文字不会自动修改，请逐处查看。', sealed: '已公布或已存档，不能修改', moreMentions: '还有未列出的。', place: (n: number) => `${n} 处`,
  erase: '删除姓名', eraseAbout: '删除后不能恢复；此人的账号同时停用。', erased: (pseudonym: string) => `已删除，今后只显示代号 ${pseudonym}。`, gone: '姓名已删除', more: '显示更多人员', count: (what: string, n: number) => (n > 1 ? `${what}（${n}）` : what),
}, {
  about: 'Erases a name and how to reach somebody, at their wish; results and records keep the pseudonym.', who: 'Person', choose: 'Choose a person', look: 'See what would go', goes: 'Goes for good', stays: 'Stays, under the pseudonym', nothing: 'There is nothing to erase.', duties: 'To be handed over first', dutiesAbout: 'They still answer for this. Hand it over or end the post under People, then erase.', free: 'Nothing is left to hand over; it can be done.', mentions: 'Texts that mention the name or login', mentionsAbout: 'Nothing changes them by itself; look at each.', sealed: 'published or kept for ever; cannot be changed', moreMentions: 'There are more.', place: (n: number) => `${n} places`,
  erase: 'Erase the name', eraseAbout: 'It cannot be undone; the account of the person ends, too.', erased: (pseudonym: string) => `Done. From now on only ${pseudonym} is shown.`, gone: 'name erased', more: 'Show more people', count: (what: string, n: number) => (n > 1 ? `${what} (${n})` : what),
});

/** The tables in which texts stand, by what people call them. */
export const tables = words<Record<string, string>>({
  issue: '问题', issue_event: '整改记录', objection: '异议', task: '任务', round: '轮次', publication: '通报', audit_entry: '审计', submission: '报告', evidence: '佐证', finding: '认定事项', outcome: '结果运用', mark: '评分', competition: '擂台', visit: '观摩', highlight: '亮点', handover: '工作交接',
}, {});

import { words } from '@/words/language';

export const said = words({
  title: '比对口径与指标对照', about: '口径规定哪些维度参加比对、各占多少；对照把乡镇自设的项目归到指标词典的维度上。',
  rules: '口径', year: '年度', number: '序号', weights: '维度权重', least: '最低覆盖率', within: '按期天数', reason: '理由', setAt: '规定时间', noRules: '还没有口径。规定之后，乡镇才可以比较。', set: '规定口径',
  yearHint: '自该年度起使用', leastHint: '0 至 1，例如 0.6', withinHint: '轮次举行后多少天内公布为按期', weightHint: '留空表示不参加比对，只看相互比例', weightOf: (name: string) => `${name}的权重`,
  crosswalk: '指标对照', map: '增加对照', township: '乡镇', template: '模板', anyTemplate: '所有模板', source: '来源', dimension: '维度', since: '起用日期', noMaps: '还没有对照。乡镇项目都已标明维度时，不需要对照。', noDimension: '不再对照',
  kinds: { item: '项目', part: '组成部分', dimension: '自设维度' }, kind: '来源类别', key: '项目', itemHint: '该乡镇近一年公布的项目；括号内为公布时的维度', unnamed: '未标明维度', keyHint: '模板中的键名', templateHint: '留空表示所有模板', shows: '预览', preview: '预览比对',
}, {
  title: 'Rules and crosswalk', about: 'A rule says which dimensions are compared and what they weigh; the crosswalk puts what townships invented onto the dimensions of the dictionary.',
  rules: 'Rules', year: 'Year', number: 'No.', weights: 'Weights', least: 'Least coverage', within: 'Days', reason: 'Reason', setAt: 'Set', noRules: 'There is no rule yet. Townships can be compared once there is one.', set: 'Set a rule',
  yearHint: 'counts from this year', leastHint: '0 to 1, for example 0.6', withinHint: 'days after a round within which it is published on time', weightHint: 'empty: not compared; only proportions matter', weightOf: (name: string) => `Weight of ${name}`,
  crosswalk: 'Crosswalk', map: 'Add a mapping', township: 'Township', template: 'Template', anyTemplate: 'every template', source: 'Source', dimension: 'Dimension', since: 'From', noMaps: 'No mappings yet. None is needed where items name their dimension.', noDimension: 'no dimension any more',
  kinds: { item: 'Item', part: 'Part', dimension: 'Own dimension' }, kind: 'Kind', key: 'Item', itemHint: 'published in the last year, with the dimension it had then', unnamed: 'no dimension', keyHint: 'the key in the template', templateHint: 'empty: every template', shows: 'Preview', preview: 'Preview',
});

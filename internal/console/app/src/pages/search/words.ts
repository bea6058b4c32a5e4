import type { SearchKind } from '@/api/schema';
import { words } from '@/words/language';

const zh: Record<SearchKind, string> = { UNIT: '单位', COMPETITION: '擂台', ROUND: '轮次', PUBLICATION: '通报', TEMPLATE: '评比模板', ISSUE: '问题', PERSON: '人员', ORGANISATION: '组织', OFFICE_FORM: '本单位表样' };
const en: Record<SearchKind, string> = { UNIT: 'Unit', COMPETITION: 'Competition', ROUND: 'Round', PUBLICATION: 'Publication', TEMPLATE: 'Template', ISSUE: 'Issue', PERSON: 'Person', ORGANISATION: 'Organisation', OFFICE_FORM: 'Form of the office' };

export const said = words({
  title: '搜索', about: '单位、擂台、轮次、通报、模板、问题、人员和组织，只列出您看得到的。', box: '找什么', go: '搜索', nothing: '没有找到。换一个更短的词试试。', kinds: zh,
}, {
  title: 'Search', about: 'Units, competitions, rounds, publications, templates, issues, people and organisations: what you may see.', box: 'What to find', go: 'Search', nothing: 'Nothing was found. Try a shorter word.', kinds: en,
});

import { words } from '@/words/language';

export const said = words({
  title: '亮点与评分细则', about: '记录做得好的村和做法；县内共享，供其他乡镇学习。', way: { own: '本单位亮点', library: '县内共享亮点', rubrics: '评分细则库' },
  dimension: '维度', all: '全部维度', none: '还没有记录亮点。发现好做法时，在此记录并共享。', noLibrary: '县内还没有共享的亮点。', noRubrics: '还没有公布的评分细则。', shared: '已共享',
  pictures: '佐证', piece: (of: string, n: number) => `${of} 佐证${n}`, pieces: '佐证（从该村已交材料中选）', noPieces: '该村还没有佐证材料，可先在“佐证材料”页提交。', attach: (n: number) => `佐证 ${n}`,
  host: '单位', period: '周期', item: '项目', points: '分值', criteria: '评分标准', add: '记录亮点', change: '修改亮点', village: '村（社区）', choose: '请选择', name: '标题', body: '做法与成效', share: '共享到县内', unshare: '取消共享', saved: '已记录。',
}, {
  title: 'Highlights and rubrics', about: 'What is done well and by whom, shared within the county.', way: { own: 'Own', library: 'Shared in the county', rubrics: 'Rubrics' },
  dimension: 'Dimension', all: 'All dimensions', none: 'No highlights yet. Write down good practice here and share it.', noLibrary: 'Nothing is shared in the county yet.', noRubrics: 'No rubric has been published yet.', shared: 'shared',
  pictures: 'Evidence', piece: (of: string, n: number) => `${of}: piece ${n}`, pieces: 'Evidence (from what the village sent in)', noPieces: 'This village has sent in no evidence yet.', attach: (n: number) => `Piece ${n}`,
  host: 'By', period: 'Period', item: 'Item', points: 'Points', criteria: 'Criteria', add: 'Add a highlight', change: 'Change', village: 'Village', choose: 'Choose', name: 'Title', body: 'What was done and what came of it', share: 'Share in the county', unshare: 'Share no longer', saved: 'Saved.',
});

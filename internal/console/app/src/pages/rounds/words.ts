import { words } from '@/words/language';

/** Words that several pages of rounds share. */
export const said = words({
  title: '轮次', about: '每一期从通知到通报，都在这里办理。', allStates: '全部状态', allCompetitions: '全部比武', stateFilter: '按状态', competitionFilter: '按比武',
  none: '还没有编排轮次。先设立比武并编排全年轮次，再回到这里办理。', noneAfterFilter: '没有符合条件的轮次。', plan: '去编排轮次', trial: '试评', held: '举行', theme: '主题',
  heading: (competition: string, period: string) => `${competition} ${period}`,
  gone: '没有这个轮次，或您无权查看。', back: '全部轮次', parts: '本轮次的各项工作',
  overview: '进度', rubric: '细则', panels: '编组', ledgers: '签收与缺项', confirm: '复核', figures: '数据', preview: '试算', results: '成绩榜', papers: '文书',
  grid: '录入评分表', arena: '擂台现场', venue: '地点', heldOn: (day: string) => `${day} 举行`,
  stale: '这个轮次刚刚被别人改过。您填写的内容还在，请先看看现在的情况，再提交一次。', look: '看现在的情况',
}, {
  title: 'Rounds', about: 'Each round from its notice to its publication.', allStates: 'All states', allCompetitions: 'All competitions', stateFilter: 'State', competitionFilter: 'Competition',
  none: 'No rounds yet. Set up a competition and plan its rounds first.', noneAfterFilter: 'No round is like that.', plan: 'Plan rounds', trial: 'Trial', held: 'Held', theme: 'Theme',
  heading: (competition: string, period: string) => `${competition} ${period}`,
  gone: 'There is no such round, or you may not see it.', back: 'All rounds', parts: 'What belongs to this round',
  overview: 'Progress', rubric: 'Rubric', panels: 'Panels', ledgers: 'Ledgers and gaps', confirm: 'Confirmation', figures: 'Figures', preview: 'Dry run', results: 'Board', papers: 'Documents',
  grid: 'Type in score sheets', arena: 'Arena day', venue: 'Venue', heldOn: (day: string) => `held on ${day}`,
  stale: 'Somebody else just changed this round. What you typed is still here; look at how it stands now, then send it again.', look: 'See how it stands',
});

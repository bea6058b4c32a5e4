import { words } from '@/words/language';

export const said = words({
  title: '开通向导', about: '从开通到发出第一轮通知，一步一步来。每一步都可以随时回来修改。', progress: (done: number, all: number) => `已完成 ${done} 步，共 ${all} 步`, done: '已完成', next: '下一步就办这件', later: '之后办', allDone: '全部办完了。以后在首页看接下来要办的事。', toHome: '去首页', have: (x: string) => `现在：${x}`, until: (d: string) => `试用到 ${d}`,
  why: {
    VILLAGES: '哪些村（社区）参加评比。以后开评的轮次按这里的名单。', ADOPTION: '与县里建立归口关系后，县里能看到本单位公布的结果。双方都同意才生效。', TEMPLATE: '模板写明怎样举办、计分、排名和运用结果。可以从模板库选，也可以从空白页写。', ACTIVATE: '审定人启用模板；启用的版本不再改变。',
    COMPETITION: '擂台是一年的评比：通知、领导小组、适用的模板。', CALENDAR: '按模板的日历给各轮定日子。', PEOPLE: '先登记花名册，再给经办人、评委发邀请；评委不评自己联系的村。', NOTICE: '在轮次页写细则、编组，发出通知，到日子开评。',
  },
  go: { VILLAGES: '', ADOPTION: '同意归口', TEMPLATE: '选模板', ACTIVATE: '去启用', COMPETITION: '新建擂台', CALENDAR: '去编排', PEOPLE: '登记花名册', NOTICE: '打开轮次' },
  also: { blank: '从空白页写', invite: '邀请用户', import: '从表格导入' },
  takesPart: '参评', confirm: '确认参评名单', confirmed: (n: number, all: number) => `${all} 个村（社区）中 ${n} 个参评`, confirming: '勾选参评的，再确认。', change: '修改参评名单', saved: '已确认', missing: '名单里没有的村，请县级管理员补充到区划表。',
  adopt: (name: string) => `同意归口到${name}`, drafts: '也让上级看到未公布的内容', adoptApprover: '由本单位审定人或管理员同意。', villageNone: '区划表里还没有本单位的村（社区）。',
}, {
  title: 'Getting started', about: 'From joining to the first notified round, step by step. Each step can be changed later.', progress: (done: number, all: number) => `${done} of ${all} steps done`, done: 'Done', next: 'Next', later: 'Later', allDone: 'All done. The home page tells what is due from now on.', toHome: 'To the home page', have: (x: string) => `Now: ${x}`, until: (d: string) => `Trial until ${d}`,
  why: {
    VILLAGES: 'Which villages take part. Rounds opened from now on use this list.', ADOPTION: 'The county sees what you publish once both sides agree.', TEMPLATE: 'It says how contests are held, scored and ranked, and what follows. Take one of the library or start from a blank page.', ACTIVATE: 'An approver activates the template; an active version never changes.',
    COMPETITION: 'A year of contests: its notice, leading group and template.', CALENDAR: 'Dates for the rounds by the calendar of the template.', PEOPLE: 'Enter the roster, then invite clerks and judges; nobody judges a village of their own.', NOTICE: 'On the page of the round: rubric, panels, the notice; then open it on its day.',
  },
  go: { VILLAGES: '', ADOPTION: 'Agree', TEMPLATE: 'Choose a template', ACTIVATE: 'Activate', COMPETITION: 'New competition', CALENDAR: 'Date rounds', PEOPLE: 'Enter the roster', NOTICE: 'Open a round' },
  also: { blank: 'Start from a blank page', invite: 'Invite users', import: 'Import a spreadsheet' },
  takesPart: 'takes part', confirm: 'Confirm the list', confirmed: (n: number, all: number) => `${n} of ${all} villages take part`, confirming: 'Tick those that take part, then confirm.', change: 'Change the list', saved: 'Confirmed', missing: 'If a village is missing, ask the county to add it to the table.',
  adopt: (name: string) => `Agree to stand under ${name}`, drafts: 'Let them read unpublished work, too', adoptApprover: 'An approver or administrator of the tenant agrees to it.', villageNone: 'The table has no villages of this township yet.',
});

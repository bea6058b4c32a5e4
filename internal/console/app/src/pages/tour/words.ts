import { words } from '@/words/language';
import type { TourKey } from './tours';

interface Note { title: string; text: string }

/** What the tours say, stop by stop. */
const zh: Record<TourKey, { name: string; about: string; stops: Record<string, Note> }> = {
  clerk: {
    name: '办事员的一个月', about: '从首页的待办，到细则、编组、通知、评分、公示和通报。',
    stops: {
      home: { title: '先看待办', text: '首页列出该您办的事、期限，以及卡住它的原因。点“去办理”，就到办理的那一页。' },
      round: { title: '这一轮走到哪一步', text: '每一轮从编排到通报共七步，圆点标出现在的位置。下面写着下一步做什么、还差什么；差什么就点“去办理”。' },
      parts: { title: '从左到右依次办', text: '先写细则，再编组，发通知、开评，签收台账，录入和复核评分，试算，公示，最后由审定人通报。公文都在“文书”里打印。' },
      people: { title: '花名册', text: '人员、职务和起止日期都在这里，可以从表格导入：先预览，错在哪一格就标在哪一格，改好才导入。' },
      templates: { title: '评比模板', text: '比什么、怎么算、怎么排、怎么奖惩，都写在模板里。可以从模板库起步，也可以从空白页搭一个；每改一处，旁边就检查一遍，并算出各村的负担。' },
      issues: { title: '问题整改', text: '检查发现的问题在这里交办。蓝灯在期内，离期限三天变黄，逾期变红；整改之后由另一个人核验销号。' },
      outcomes: { title: '结果运用', text: '通报之后，加分、约谈等由系统按模板提议，写明依据哪一条；审定人确认之后才生效。' },
      search: { title: '找不到就搜', text: '每一页右上角都能搜村、轮次、人员、问题。导览随时可以从右上角“账号与设置”再打开。' },
    },
  },
  judge: {
    name: '评委的一天', about: '在手机上打分，没有信号也不丢。',
    stops: {
      today: { title: '今天评哪些村', text: '开评之后，这里列出您要评的村和还差几项。本人联系的村标着“回避”，不用评，系统也不收。' },
      rounds: { title: '各轮次', text: '开评之前，可以先看每一轮的细则和日期。' },
      rubric: { title: '看细则', text: '“细则”里写着每个单项看什么、怎么给分。别人给的分，关闭评分之前谁也看不到。' },
      own: { title: '没有信号怎么办', text: '照常打分：分数先存在本机，页面写着还有几项没有报送，有了信号自动报送，只报一次。报送完之前不要退出登录。' },
    },
  },
  secretary: {
    name: '村书记看成绩', about: '本村的名次、为什么是这个名次、要本村做什么。',
    stops: {
      result: { title: '本村的名次', text: '这里是本村最近一轮的名次和得分，以及名次可能的范围：评委换几个人，名次会在哪几名之间。' },
      why: { title: '为什么是这个名次', text: '每一项得了多少、怎么算出来，与第一名差在哪里、与前一名差在哪里，逐项列出，各项相加就是总分。' },
      trend: { title: '一年的走势', text: '各轮的名次连成一条线。' },
      asked: { title: '要本村做什么', text: '要反馈的问题、要补的材料、要落实的事都在这里。没有列出来的，不用交：村里不必另外上传台账。' },
      inbox: { title: '消息', text: '公示、通报、交办都会发消息。对结果有不同意见，公示期内在本村成绩页提出异议。' },
    },
  },
  approver: {
    name: '审定人', about: '一页看完变化、并列、异议和拟议的奖惩，再决定通报。',
    stops: {
      waiting: { title: '等您审定的', text: '公示期满的轮次排在最前。您自己打过分的，页面会提醒。' },
      round: { title: '一页之内决定', text: '与上一轮相比的变化、并列如何处理、异议的办理、拟议的结果运用都在这一页，从上看到下即可。审定之后不能撤回，只能更正为下一版，旧的一版仍可查。' },
      outcomes: { title: '确认结果运用', text: '系统只提议，不自动奖惩。逐条看依据，确认的才入账、才交办。' },
      year: { title: '年度', text: '全年的名次和依据在这里，供年度考核使用。' },
      audit: { title: '谁做了什么', text: '每一步都留痕，首尾相连，改动不了。有疑问先到这里查。' },
    },
  },
  analyst: {
    name: '县级分析员', about: '各乡镇放在一起看：能比的比，不能比的说清为什么。',
    stops: {
      table: { title: '总表', text: '只比各乡镇共有的维度。“覆盖率”是这些维度占多少；不够的标“不可比”，写明原因，不给名次。' },
      ways: { title: '四种看法', text: '总表、热力图（乡镇 × 维度）、走势、分布。图下面都有可以读、可以复制的表。' },
      unit: { title: '点开一个乡镇', text: '各轮次的指数和成绩榜都在这里；再点成绩榜，看到村。' },
      inspections: { title: '检查统筹', text: '各乡镇的检查排在一张日历上，同一个村当月被检查几次，一目了然，重叠的标出来。' },
      highlights: { title: '亮点', text: '各地报的亮点和评分细则，可以按维度查。' },
      year: { title: '年度报告', text: '全年的数据在一页上，可以打印。' },
    },
  },
  admin: {
    name: '管理员', about: '账号、角色、授权、令牌、推送、审计、用量。',
    stops: {
      users: { title: '账号', text: '谁有账号、最近何时登录。人走了先停用账号，再办交接。' },
      whomay: { title: '谁能做什么，为什么', text: '选一件事，看谁能做、凭哪一条授权；也可以反过来查一个人。' },
      invitations: { title: '邀请', text: '给每人一个只能用一次的链接，对方自己设密码。您不用知道任何人的密码。' },
      tokens: { title: '令牌', text: '给看板和别的系统用：写明用途、范围和期限。令牌只显示一次。' },
      webhooks: { title: '消息推送', text: '公布、交办等事情发生时，通知别的系统；推送失败的可以查原因、重发。' },
      usage: { title: '用量', text: '本月用了多少、还剩多少。到了上限，正在进行的一轮也不受影响。' },
    },
  },
};

const en: typeof zh = {
  clerk: {
    name: 'A clerk’s month', about: 'From what is due to rubric, panels, notice, marks, announcement and publication.',
    stops: {
      home: { title: 'What is due', text: 'The home page lists what waits for you, by when, and what stands in its way. “Do it” takes you there.' },
      round: { title: 'Where the round stands', text: 'A round takes seven steps; the dot shows the one it is at. Below stands what is next and what is missing, each with the way there.' },
      parts: { title: 'From left to right', text: 'Write the rubric, form panels, notify and open, receive ledgers, enter and confirm marks, try the computation, announce; the approver publishes. Papers to print are in “Papers”.' },
      people: { title: 'People', text: 'People, posts and their dates. Import a spreadsheet: it is previewed, and every error stands at its cell.' },
      templates: { title: 'Templates', text: 'What is judged, computed, ranked and done about it. Begin with the library or a blank page; every change is checked beside it, with the burden on villages.' },
      issues: { title: 'Issues', text: 'What inspections found is handed over here. Blue is in time, yellow three days before the day, red is late; somebody else verifies.' },
      outcomes: { title: 'Outcomes', text: 'After publication the system proposes what follows and names the rule; nothing takes effect until the approver confirms.' },
      search: { title: 'Search', text: 'Villages, rounds, people, issues, from the top of every page. The tour is always in your own corner beside it.' },
    },
  },
  judge: {
    name: 'A judge’s day', about: 'Marking on a phone, with or without a signal.',
    stops: {
      today: { title: 'Today’s villages', text: 'Once the round is open, your villages and what is left stand here. A village you are linked to is marked as recused.' },
      rounds: { title: 'Rounds', text: 'Before a round opens you can read its rubric and its day.' },
      rubric: { title: 'The rubric', text: 'What each item looks at and how points are given. Nobody sees another’s marks before the round is closed.' },
      own: { title: 'Without a signal', text: 'Go on marking: marks stay on this device, the page tells how many wait, and they are sent once there is a signal. Do not sign out before.' },
    },
  },
  secretary: {
    name: 'A village’s result', about: 'The rank, why, and what is asked of the village.',
    stops: {
      result: { title: 'Your rank', text: 'Rank and total of the latest round, and the range of ranks that other judges might have given.' },
      why: { title: 'Why this rank', text: 'Every item with its points and formula, what is lost against the best and the next; the lines sum to the total.' },
      trend: { title: 'The year', text: 'The ranks of all rounds as a line.' },
      asked: { title: 'What is asked of you', text: 'Issues to answer, pieces to give, tasks. What is not listed need not be handed in.' },
      inbox: { title: 'Messages', text: 'Announcements, publications and issues are told here. Object on the page of your result while it is announced.' },
    },
  },
  approver: {
    name: 'The approver', about: 'Changes, ties, objections and proposals on one page.',
    stops: {
      waiting: { title: 'What waits for you', text: 'Rounds whose time for objections is over come first. You are told if you marked in it yourself.' },
      round: { title: 'One page to decide on', text: 'Changes since the last round, ties, objections and proposed outcomes. A publication is not taken back: a correction is a new revision, and the old one stays.' },
      outcomes: { title: 'Confirm outcomes', text: 'The system proposes; only what you confirm is posted and handed out.' },
      year: { title: 'The year', text: 'Ranks of the whole year with their grounds.' },
      audit: { title: 'Who did what', text: 'Every step is kept in a chain that cannot be changed.' },
    },
  },
  analyst: {
    name: 'The county’s analyst', about: 'Townships side by side, and why some cannot be compared.',
    stops: {
      table: { title: 'The table', text: 'Only shared dimensions are compared. Coverage tells how much that is; too little is marked with its reason and gets no rank.' },
      ways: { title: 'Four views', text: 'Table, heat map, trend, distribution; each with a table to read and copy.' },
      unit: { title: 'One township', text: 'Its rounds and boards, and from there its villages.' },
      inspections: { title: 'Inspections', text: 'All townships’ inspections on one calendar, with overlaps marked.' },
      highlights: { title: 'Highlights', text: 'Highlights and rubrics, by dimension.' },
      year: { title: 'The year', text: 'The whole year on one page, to print.' },
    },
  },
  admin: {
    name: 'The administrator', about: 'Accounts, roles, grants, tokens, deliveries, audit, usage.',
    stops: {
      users: { title: 'Accounts', text: 'Who has one and when it was used. When somebody leaves, disable it first.' },
      whomay: { title: 'Who may do what, and why', text: 'Choose an act to see who may do it by which grant; or ask about a person.' },
      invitations: { title: 'Invitations', text: 'A link for one use; they set their own password.' },
      tokens: { title: 'Tokens', text: 'For dashboards and other systems: purpose, scope, end. Shown once.' },
      webhooks: { title: 'Webhooks', text: 'Other systems are told what happens; failures tell why and can be sent again.' },
      usage: { title: 'Usage', text: 'This month’s use. A limit never stops a round that is under way.' },
    },
  },
};

/** Words of the tour and its page. */
export const said = words({
  title: '帮助与导览', about: '在真实的页面上走一遍，旁边有说明；随时可以离开，什么都不会改动。', start: '开始', startOf: (name: string) => `开始导览：${name}`, none: '您的账号还没有可以走的导览。',
  yours: '按您的职务', keys: '键盘', keyLines: ['Tab 依次移到下一个控件，Shift+Tab 返回；Enter 或空格按下。', 'Esc 关闭菜单、对话框和导览。', '每页第一次按 Tab，会出现“跳到正文”。'],
  refused: '被拒绝了怎么办', refusedLines: ['红框里写着错在哪里、怎样才对；改好再按一次即可，填过的内容都在。', '“别人已经改动”：点“查看最新”，对照之后再保存。', '提示断网的，恢复网络后再按一次，不会重复提交。', '仍办不了的，把提示里的编号告诉运维人员。'],
  at: (n: number, all: number) => `第 ${n} 步，共 ${all} 步`, before: '上一步', next: '下一步', finish: '完成', leave: '离开导览', returnTo: '回到这一步', away: '您已经到了别的页面。',
  empty: '这里还没有内容，办理之后就会出现。', offer: '第一次来？用两分钟在真实页面上走一遍。', go: '开始导览', later: '不用了', tours: zh,
}, {
  title: 'Help and tours', about: 'Walk through the real pages with notes beside them; leave when you like, nothing is changed.', start: 'Start', startOf: (name: string) => `Start the tour: ${name}`, none: 'There is no tour for your account yet.',
  yours: 'For your role', keys: 'Keyboard', keyLines: ['Tab goes to the next control, Shift+Tab back; Enter or space presses it.', 'Esc closes menus, dialogs and the tour.', 'The first Tab of every page offers “Skip to content”.'],
  refused: 'When something is refused', refusedLines: ['The red box tells what is wrong and what would be right; put it right and press again. What you typed is still there.', '“Somebody else changed it”: look at the new state, then save again.', 'Without a network, press again when it is back; nothing is sent twice.', 'If it still fails, tell the operator the number in the message.'],
  at: (n: number, all: number) => `Step ${n} of ${all}`, before: 'Back', next: 'Next', finish: 'Done', leave: 'Leave the tour', returnTo: 'Back to this step', away: 'You are on another page now.',
  empty: 'There is nothing here yet; it appears once there is.', offer: 'New here? Walk through the real pages in two minutes.', go: 'Start the tour', later: 'No, thanks', tours: en,
});

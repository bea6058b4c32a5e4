import { words } from '@/words/language';

export const said = words({
  about: '谁在何时做了什么；只增不改，逐条链接，可随时检验。', none: '没有符合条件的记录。请放宽条件再筛选。', unit: '单位', everywhere: '全部单位', since: '起', until: '止', action: '操作', everything: '全部操作', filter: '筛选', who: '人员', when: '时间', what: '操作', object: '对象', detail: '说明', byToken: '通过令牌',
  only: (who: string) => `只看${who}`, allPeople: '查看全部人员', onlyOf: '只看一人的记录。', system: '系统', reason: '理由', raw: '原始记录', before: '变更前', after: '变更后', key: '操作代码', number: '对象编号', request: '请求编号', count: (n: number) => `${n} 项`, empty: '空',
  check: '检验完整性', intact: (n: number) => `检验通过：${n} 条记录完整，未被改动。`, broken: (n: number) => `第 ${n} 条起不一致，请立即联系平台运维。`, head: '链首指纹', batches: (n: number) => `已核对 ${n} 批评分。`, altered: (n: number) => `${n} 批评分与录入时不符：`, alteredAt: (seq: number, message: string) => `第 ${seq} 条：${message}`,
}, {
  about: 'Who did what and when; only added to, chained entry by entry, and checked whenever you like.', none: 'No entries like that. Ask for more and filter again.', unit: 'Unit', everywhere: 'Everywhere', since: 'From', until: 'To', action: 'Action', everything: 'Everything', filter: 'Filter', who: 'Who', when: 'When', what: 'What', object: 'Object', detail: 'Detail', byToken: 'by token',
  only: (who: string) => `Only ${who}`, allPeople: 'Show everybody', onlyOf: 'Entries of one person only.', system: 'System', reason: 'Reason', raw: 'As recorded', before: 'before', after: 'after', key: 'action', number: 'object', request: 'request', count: (n: number) => `${n} of them`, empty: 'empty',
  check: 'Check the chain', intact: (n: number) => `Intact: ${n} entries, none changed.`, broken: (n: number) => `Not intact from entry ${n} on. Tell the operators at once.`, head: 'Fingerprint', batches: (n: number) => `${n} batches of marks were held against it.`, altered: (n: number) => `${n} batches of marks are not what was entered:`, alteredAt: (seq: number, message: string) => `entry ${seq}: ${message}`,
});

/** Acts for which there is no permission, and which the service therefore has no words for. */
export const acts: Record<'zh' | 'en', Record<string, string>> = {
  zh: {
    'account:open': '承接台账余额', 'adoption:agree': '同意上下级关系', 'adoption:drafts': '开放或收回未公布数据', 'adoption:end': '终止上下级关系', 'app:register': '登记应用', 'app:origins': '修改应用的网页来源', 'app:rotate': '更换应用密钥', 'app:end': '停用应用', 'app:withdraw': '撤回同意',
    'ballot:open': '发起测评', 'ballot:roster': '登记测评名册', 'ballot:issue': '印制测评码', 'ballot:attendance': '登记到会', 'ballot:paper': '录入纸质票', 'ballot:close-first': '提出结束测评', 'evidence:add': '提交佐证', 'evidence:ask': '征集佐证', 'evidence:reuse': '复用佐证', 'evidence:upload': '上传佐证', 'evidence:withdraw': '撤回佐证', 'evidence:sweep': '清理过期文件',
    'external:link': '关联外部身份', 'external:unlink': '取消关联外部身份', 'factor:begin': '开始启用两步验证', 'factor:confirm': '启用两步验证', 'factor:recovery': '更换恢复码', 'factor:remove': '停用两步验证', 'factor:reset': '重置他人两步验证', 'finding:decide': '认定事项', 'form:add': '登记表样', 'form:retire': '停用表样',
    'glass:ask': '申请应急查看', 'glass:approve': '批准应急查看', 'glass:end': '终止应急查看', 'grade:approve': '审批等次', 'grant:create': '授予角色', 'grant:revoke': '收回角色', 'highlight:save': '登记亮点', 'inbox:mute': '设置消息提醒', 'inbox:read': '阅读消息', 'invitation:create': '发出邀请', 'invitation:accept': '接受邀请', 'invitation:revoke': '撤回邀请',
    'issue:opened': '交办问题', 'issue:answered': '反馈整改', 'issue:returned': '退回整改', 'issue:closed': '销号', 'issue:evidence': '上传整改佐证', 'issue:settle': '计入问题扣分', 'job:cancel': '取消后台任务', 'job:end': '后台任务结束', 'objection:apply': '按异议结论更正', 'organisation:create': '新建机构', 'organisation:update': '修改机构', 'organisation:close': '撤销机构', 'outcome:reverse': '冲销结果运用',
    'person:erase': '删除姓名', 'person:link': '关联账号', 'person:rename': '更正姓名', 'plan:assign': '设定套餐', 'plan:put': '保存套餐', 'platform:found': '开设平台', 'post:end': '免去职务', 'role:define': '设立角色', 'role:change': '修改角色', 'role:retire': '停用角色', 'rollup:enter': '录入汇总数据', 'roster:import': '导入花名册', 'rubric:withdraw': '收回细则',
    'service:create': '新建服务账号', 'service:review': '复核服务账号', 'service:disable': '停用服务账号', 'session:begin': '登录', 'session:end': '退出登录', 'sign-in-policy:change': '修改登录要求', 'submission:publish': '公布报告', 'supervision:enter': '登记监督记录', 'supervision:withdraw': '撤回监督记录',
    'tenant:found': '开设单位', 'tenant:import': '导入单位数据', 'tenant:leave-cancel': '撤回注销', 'tenant:leave-confirm': '确认注销', 'tenant:restore': '恢复单位', 'tenant:suspend': '停用单位', 'token:create': '新建令牌', 'token:revoke': '撤销令牌', 'trustedMode:set': '设置受信操作模式', 'trustedDocument:add': '登记操作', 'trustedDocument:retire': '停用已登记操作',
    'user:create': '新建账号', 'user:disable': '停用账号', 'user:enable': '启用账号', 'user:password': '修改密码', 'village:confirm': '确认村名单', 'visit:plan': '编排观摩', 'visit:record': '登记观摩', 'visit:attendance': '登记观摩到会', 'visit:comment': '登记点评', 'visit:meeting': '登记点评会', 'visit:stage': '推进观摩', 'visit:unannounced': '登记暗访',
    'webhook:create': '新建推送', 'webhook:change': '修改推送', 'webhook:rotate': '更换推送密钥', 'webhook:remove': '删除推送', 'webhook:ping': '发送测试', 'webhook:redeliver': '重新发送', 'unit:write': '修改单位',
  },
  en: {},
};

/** What the kinds of objects are called. */
export const kinds = words<Record<string, string>>({
  account: '台账', adoption: '上下级关系', apiToken: '令牌', app: '应用', 'app-consent': '应用同意', 'calendar-day': '日历', comparison_publication: '比对公布', comparison_rule: '比对规则', competition: '擂台', crosswalk: '指标对应', dimension: '维度', entry: '参评村', evidence: '佐证', exchange: '结对活动', finding: '认定事项', grant: '授权', 'group-set': '单位分类', handover: '工作交接', highlight: '亮点', invitation: '邀请',
  issue: '问题', job: '后台任务', objection: '异议', 'office-form': '表样', organisation: '机构', outcome: '结果运用', pair: '结对', person: '人员', plan: '套餐', poll: '测评', post: '职务', posting: '派驻', postingDemand: '选派需求', postingEvent: '派驻事项', publication: '通报', reception: '台账签收', role: '角色', rollup: '汇总', roster: '花名册', round: '轮次', rubric_item: '评分项',
  session: '登录', signup: '开通申请', submission: '报告', task: '任务', template_version: '模板版本', tenant: '单位', token: '令牌', trustedDocument: '已登记操作', unit: '单位', 'unit-proposal': '区划变更', user: '账号', visit: '观摩', webhook: '推送', 'break-glass': '应急查看', breakGlass: '应急查看', break_glass: '应急查看',
}, {});

/** What the fields of entries are called, and the words that stand in them. */
export const fields = words<Record<string, string>>({
  state: '状态', stage: '状态', record: '办理记录', amount: '金额', basis: '依据', minutes: '会议纪要', announcedAt: '公示时间', objectionsUntil: '异议截止', openedAt: '开始时间', closedAt: '截止时间', venue: '地点', notice: '通知文号', rubricPublishedAt: '细则公布时间', publishedRevision: '通报版本', name: '名称', period: '周期', from: '起', to: '止', until: '止', role: '角色', days: '天数', hours: '小时', due: '到期', graceDays: '宽限天数', on: '启用',
  drafts: '开放未公布数据', side: '方向', method: '方式', rows: '行数', posts: '职务', persons: '人员', entries: '条数', marks: '评分', ids: '评分', figures: '数据', rounds: '轮次', version: '版本', confirmed: '已确认', rule: '规则', scopes: '权限', permissions: '权限', readOnly: '只读', expiresAt: '有效期至', dimensions: '维度', reset: '由他人重设', others: '其他登录', reason: '理由', kind: '类别', subject: '参评单位', trial: '试评', address: '地址', kinds: '事件', off: '停用', approve: '同意', villages: '村数', requests: '请求', bytes: '存储', revision: '修订号', decision: '决定', points: '分值', accepted: '采纳', group: '组别', voters: '人数', reviewOn: '复核日期', shared: '共享', title: '标题', note: '说明', login: '账号', factor: '两步验证', origins: '网页来源', readers: '可读单位', roles: '角色', day: '日期', workday: '工作日', secondFactor: '须两步验证', idleMinutes: '无操作退出（分钟）', absoluteMinutes: '最长登录（分钟）', passwordLeast: '密码最少位数', passwordDays: '密码更换天数', passwordRemembered: '不重复最近密码', before: '原为',
}, {});

export const values = words<Record<string, string>>({
  planned: '已编排', notified: '已通知', open: '评分中', closed: '已关闭', computed: '已计算', provisional: '公示中', published: '已通报', cancelled: '已取消', draft: '草稿', active: '启用', proposed: '待确认', confirmed: '已确认', decided: '已定', approved: '已批准', executed: '已办结', rejected: '未通过', retired: '停用', ASSIGNED: '已交办', ANSWERED: '已反馈', RETURNED: '已退回', CLOSED: '已销号', upper: '上级', lower: '下级', password: '密码', 'password+code': '密码和验证码', 'password+recovery': '密码和恢复码', true: '是', false: '否', waiting: '待处理',
}, {});

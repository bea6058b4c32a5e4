import { words } from '@/words/language';

export const said = words({
  title: '平台管理', about: '托管的单位、开通申请、套餐与停复用；应急查看须双人并留痕。', tenants: '托管单位', noTenants: '没有符合条件的单位。', search: '名称或代码', find: '查找', name: '单位', code: '代码', opened: '开通时间', plan: '套餐', noPlan: '未设', state: '状态', acts: '操作', until: (m: string) => `至 ${m}`,
  access: { ACTIVE: '正常', READ_ONLY: '只读', CLOSED: '已停用' }, assign: '设定套餐', choose: '请选择', untilLabel: '有效期至', untilHint: '留空按套餐期限', suspend: '设为只读', suspendAbout: '该单位仍可查看和导出，不能修改。', close: '停用', closeAbout: '停用后该单位不能登录，数据保留。', restore: '恢复', glass: '应急查看',
  plans: '套餐', put: '保存套餐', key: '标识', zh: '中文名称', en: '英文名称', villages: '村数上限', storage: '存储上限（MB）', requests: '每日请求上限', days: '期限（天）', none: '留空不限', unlimited: '不限',
  signups: '开通申请', noSignups: '没有待办的开通申请。', applicant: '申请人', approve: '同意开通', refuse: '不同意', login: '管理员账号', loginHint: '留空用申请的账号', taken: '该区划已有单位', states: { WAITING: '待处理', APPROVED: '已开通', REFUSED: '未同意' }, note: '说明',
  glasses: '应急查看记录', noGlasses: '没有应急查看。', hours: '时长（小时）', reason: '理由', glassAbout: '须另一人批准，期间操作全部留痕，并告知该单位。', glassApprove: '批准', glassEnd: '结束', glassStates: { WAITING: '待批准', OPEN: '进行中', ENDED: '已结束' }, operator: '操作员',
}, {
  title: 'Platform', about: 'Tenants, sign-ups, plans and suspensions; emergency access needs two and leaves a record.', tenants: 'Tenants', noTenants: 'No tenants like that.', search: 'Name or code', find: 'Find', name: 'Tenant', code: 'Code', opened: 'Opened', plan: 'Plan', noPlan: 'none', state: 'State', acts: 'Actions', until: (m: string) => `until ${m}`,
  access: { ACTIVE: 'active', READ_ONLY: 'read-only', CLOSED: 'closed' }, assign: 'Set plan', choose: 'Choose', untilLabel: 'Until', untilHint: 'empty: as the plan says', suspend: 'Make read-only', suspendAbout: 'They can still look and export, but change nothing.', close: 'Close', closeAbout: 'They cannot sign in; their data is kept.', restore: 'Restore', glass: 'Break glass',
  plans: 'Plans', put: 'Save plan', key: 'Key', zh: 'Chinese name', en: 'English name', villages: 'Villages', storage: 'Storage (MB)', requests: 'Requests a day', days: 'Days', none: 'empty: no limit', unlimited: 'no limit',
  signups: 'Sign-ups', noSignups: 'No sign-ups wait.', applicant: 'Applicant', approve: 'Approve', refuse: 'Refuse', login: 'Administrator', loginHint: 'empty: as applied for', taken: 'this unit is taken', states: { WAITING: 'waiting', APPROVED: 'opened', REFUSED: 'refused' }, note: 'Note',
  glasses: 'Emergency access', noGlasses: 'None.', hours: 'Hours', reason: 'Reason', glassAbout: 'Another person approves; everything is recorded and the tenant is told.', glassApprove: 'Approve', glassEnd: 'End', glassStates: { WAITING: 'waiting', OPEN: 'open', ENDED: 'ended' }, operator: 'Operator',
});

import { words } from '@/words/language';

/** Words of several pages of administration. */
export const said = words({
  users: '账号', roles: '角色', grants: '授权', invitations: '邀请', tokens: '令牌', services: '服务账号', apps: '第三方应用', webhooks: '消息推送', audit: '审计', usage: '用量', leaving: '数据与注销',
  role: '角色', unit: '单位', where: '适用范围', until: '有效期', forever: '长期', login: '账号', person: '人员', state: '状态', acts: '操作', dimensions: '限定维度', all: '不限',
  chooseRole: '请选择角色', chooseUnit: '请选择单位', reason: '理由', create: '新建', createdAt: '建立时间', nav: '管理页面', own: '本单位', lastDay: (day: string) => `${day}（含当天）`,
  relations: '上下级单位', glass: '应急查看', erasure: '删除姓名',
}, {
  users: 'Users', roles: 'Roles', grants: 'Grants', invitations: 'Invitations', tokens: 'Tokens', services: 'Service accounts', apps: 'Apps', webhooks: 'Webhooks', audit: 'Audit', usage: 'Usage', leaving: 'Data and leaving',
  role: 'Role', unit: 'Unit', where: 'Where', until: 'Valid', forever: 'no end', login: 'Login', person: 'Person', state: 'State', acts: 'Actions', dimensions: 'Dimensions', all: 'all',
  chooseRole: 'Choose a role', chooseUnit: 'Choose a unit', reason: 'Reason', create: 'New', createdAt: 'Created', nav: 'Administration', own: 'This tenant', lastDay: (day: string) => `${day} (that day included)`,
  relations: 'Above and below', glass: 'Emergency access', erasure: 'Erase a name',
});

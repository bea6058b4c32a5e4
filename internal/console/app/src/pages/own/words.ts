import { words } from '@/words/language';

export const said = words({
  title: '账号与安全', about: '密码、两步验证和登录设备。', login: '登录账号', password: '修改密码', current: '当前密码', next: '新密码', again: '再输入一次', differ: '两次输入不一致。', change: '修改密码', changed: '密码已修改，其他设备上的登录已退出。', failed: '操作没有完成。',
  factor: '两步验证', inForce: '已启用', notInForce: '未启用', required: '本单位要求启用', left: (n: number) => `剩余 ${n} 个恢复码`, begin: '启用两步验证', scan: '用身份验证器扫描二维码，或输入密钥，再填写它显示的 6 位数字。', secret: '密钥', code: '验证码', confirm: '确认启用', codes: '恢复码', codesAbout: '请抄写或打印保存，只显示这一次。', renew: '重新生成恢复码', remove: '停用两步验证', proof: '登录超过十分钟的，请填写密码', qr: '两步验证二维码',
  sessions: '登录设备', thisOne: '本次登录', seen: '最近使用', until: '有效期至', end: '退出该设备', endOthers: '退出其他全部设备', where: '工作单位', noOthers: '没有其他登录。', method: '方式', agent: '浏览器',
  elsewhere: '切换工作单位', elsewhereAbout: '您在多个单位有账号授权时，在此切换；每次只在一个单位办理。', here: '当前单位', go: '切换到这里', one: '您目前只在一个单位工作。需要在其他单位工作时，请对方管理员授予角色。', goTo: (name: string) => `切换到 ${name}`,
  kind: { TOWNSHIP: '乡镇', COUNTY: '县（市、区）', PREFECTURE: '市（州）', PLATFORM: '平台' },
  policy: '本单位登录要求', second: '所有人须用两步验证', idle: '无操作多少分钟后退出', absolute: '登录最长分钟数', least: '密码最少位数', days: '密码更换天数', remembered: '不得重复最近几次密码', zero: '0 表示按平台规定；现行值', save: '保存', saved: '已保存。',
}, {
  title: 'Account and security', about: 'Password, second factor, and where you are signed in.', login: 'Login', password: 'Change password', current: 'Current password', next: 'New password', again: 'Once more', differ: 'The two are not the same.', change: 'Change password', changed: 'Password changed; your other sessions are over.', failed: 'This was not done.',
  factor: 'Second factor', inForce: 'in force', notInForce: 'not in force', required: 'asked for here', left: (n: number) => `${n} recovery codes left`, begin: 'Set up a second factor', scan: 'Scan the code with an authenticator, or enter the secret, then the six digits it shows.', secret: 'Secret', code: 'Code', confirm: 'Put in force', codes: 'Recovery codes', codesAbout: 'Write them down or print them; they are shown this once.', renew: 'New recovery codes', remove: 'Remove the second factor', proof: 'Password, when you signed in more than ten minutes ago', qr: 'QR code of the second factor',
  sessions: 'Sessions', thisOne: 'this one', seen: 'Last used', until: 'Until', end: 'End', endOthers: 'End all others', where: 'Tenant', noOthers: 'No other sessions.', method: 'By', agent: 'Browser',
  elsewhere: 'Work elsewhere', elsewhereAbout: 'Where you have roles in several tenants, change between them here.', here: 'here now', go: 'Work here', one: 'You work in one tenant only. Ask the administrator of another one for a role there.', goTo: (name: string) => `Work in ${name}`,
  kind: { TOWNSHIP: 'Township', COUNTY: 'County', PREFECTURE: 'Prefecture', PLATFORM: 'Platform' },
  policy: 'Sign-in rules here', second: 'Everybody needs a second factor', idle: 'Minutes without use', absolute: 'Minutes at most', least: 'Least length of a password', days: 'Days until a password is renewed', remembered: 'Passwords not to be used again', zero: '0: as the platform says; in force', save: 'Save', saved: 'Saved.',
});

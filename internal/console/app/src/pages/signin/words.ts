import { words } from '@/words/language';

export const said = words({
  title: '登录', about: '乡镇“擂台比武”评比平台', login: '账号', password: '密码', enter: '登录',
  code: '验证码', codeAbout: '请输入身份验证器上的 6 位数字，或一个恢复码。', enrolAbout: '本单位要求两步验证。请用身份验证器扫描二维码，再输入它显示的 6 位数字。',
  recovery: '恢复码', recoveryAbout: '请抄写或打印保存。手机丢失时，每个恢复码可以登录一次，此处只显示这一次。', kept: '我已保存，进入系统',
  renewAbout: '密码已到更换期限，请设置新密码。', renew: '新密码', again: '再输入一次', differ: '两次输入不一致。', goOn: '继续', other: '其他登录方式', secret: '无法扫码时，输入密钥',
  ended: (tenant: string) => `您在“${tenant}”的登录已经结束，请重新登录。`, endedAbout: '登录不上的，可能是账号或本单位已停用：请联系本单位管理员，单位停用的由管理员联系上级或平台。',
  register: '申请开通', join: '收到邀请链接的，请直接打开链接。',
}, {
  title: 'Sign in', about: 'Village competitions of townships and counties', login: 'Login', password: 'Password', enter: 'Sign in',
  code: 'Code', codeAbout: 'Enter the six digits of your authenticator, or a recovery code.', enrolAbout: 'A second factor is asked for here. Scan the code with an authenticator, then enter the six digits it shows.',
  recovery: 'Recovery codes', recoveryAbout: 'Write them down or print them. Each lets you in once when the phone is lost; they are shown this one time.', kept: 'I kept them, go on',
  renewAbout: 'Your password has to be changed.', renew: 'New password', again: 'Once more', differ: 'The two are not the same.', goOn: 'Go on', other: 'Other ways to sign in', secret: 'If you cannot scan it, enter this secret',
  ended: (tenant: string) => `Your session at ${tenant} has ended. Please sign in again.`, endedAbout: 'If you cannot, your account or your unit may be suspended: ask your administrator, who asks the unit above or the platform.',
  register: 'Apply for a township', join: 'If you were invited, open the link you were given.',
});

import { words } from '@/words/language';

/** Words of an application for an own tenant. */
export const said = words({
  title: '申请开通', about: '乡镇（街道）、县级单位都可以申请。县里已经开通的，由县级管理员审批；没有的，由平台审批。', unit: { province: '省（区、市）', prefecture: '市（州）', county: '县（市、区）', township: '乡镇（街道）' }, pick: '请选择',
  applicant: '申请人姓名', office: '所在办公室', phone: '联系电话', login: '想用的账号', loginHint: '字母、数字、点、连字符，批准后用它登录', password: '密码', passwordHint: '大小写字母、数字、符号都用上，不要包含账号', note: '说明（可不填）', send: '提交申请', unitMissing: '请选择本单位。',
  sent: '申请已提交。下面是回执码，查审批结果用，只显示这一次，请抄写或打印保存。', receipt: '回执码', look: '查审批结果', lookAbout: '填回执码，看申请到了哪一步。',
  states: { waiting: (unit: string) => `${unit}的申请正在等待审批。`, approved: (unit: string, login: string) => `${unit}已开通。请用账号 ${login} 和申请时填的密码登录。`, refused: (unit: string, why: string) => `${unit}的申请没有批准：${why}` },
  back: '返回登录', print: '打印',
}, {
  title: 'Apply for a tenant', about: 'A township or a county applies here. The county decides where it has joined, else the platform.', unit: { province: 'Province', prefecture: 'Prefecture', county: 'County', township: 'Township' }, pick: 'Choose',
  applicant: 'Your name', office: 'Office', phone: 'Telephone', login: 'Login you want', loginHint: 'letters, digits, dots, hyphens; you sign in with it once approved', password: 'Password', passwordHint: 'letters of both cases, digits and signs; not the login', note: 'Note (optional)', send: 'Apply', unitMissing: 'Choose your unit.',
  sent: 'The application was sent. Below is its receipt; it tells you the decision and is shown this one time. Write it down or print it.', receipt: 'Receipt', look: 'See the decision', lookAbout: 'Enter the receipt to see how far the application is.',
  states: { waiting: (unit: string) => `The application of ${unit} waits for a decision.`, approved: (unit: string, login: string) => `${unit} was opened. Sign in as ${login} with the password you chose.`, refused: (unit: string, why: string) => `The application of ${unit} was refused: ${why}` },
  back: 'Back to sign-in', print: 'Print',
});

import { words } from '@/words/language';

export const said = words({
  about: '发生通报、异议等事件时，通知贵单位的系统或企业微信、钉钉群。', create: '新建推送', none: '还没有消息推送。需要把通报等消息发到其他系统或群时，在此建立。', name: '名称', address: '接收地址（https）', addressKept: '接收地址（留空不改）', format: '格式', formats: { STANDARD: '标准推送', WECOM: '企业微信', DINGTALK: '钉钉' }, kinds: '推送哪些事件', kindsHint: '不选表示全部', everything: '全部事件',
  active: '启用', inactive: '停用', log: '推送记录', ping: '发送测试', change: '修改', rotate: '更换密钥', rotateAbout: '生成新密钥；旧密钥在一段时间内仍可用。', remove: '删除', removeAbout: '删除后不再推送，记录一并删除。', secret: '签名密钥', failing: (at: string) => `自 ${at} 起连续失败`, signing: '自备密钥（钉钉加签时填写）',
  logTitle: '推送记录', logAbout: '每次推送的结果；失败的可以重新发送。', noLog: '还没有推送记录。', kind: '事件', state: '状态', created: '时间', attempts: '尝试', again: '重新发送', states: { WAITING: '等待发送', DELIVERED: '已送达', FAILED: '失败', WITHHELD: '未发送（无权）' }, ms: (n: number) => `${n} 毫秒`, next: (at: string) => `下次 ${at}`,
}, {
  about: 'Tells other systems, or a WeCom or DingTalk group, when something is published, objected to and so on.', create: 'New webhook', none: 'None yet. Make one to have messages sent to another system or a group.', name: 'Name', address: 'Address (https)', addressKept: 'Address (empty: unchanged)', format: 'Format', formats: { STANDARD: 'Standard Webhooks', WECOM: 'WeCom', DINGTALK: 'DingTalk' }, kinds: 'Which events', kindsHint: 'none chosen: all', everything: 'all events',
  active: 'active', inactive: 'inactive', log: 'Log', ping: 'Send a test', change: 'Change', rotate: 'New secret', rotateAbout: 'A new secret is made; the old one works on for some time.', remove: 'Remove', removeAbout: 'Nothing is sent any more, and its log goes with it.', secret: 'Signing secret', failing: (at: string) => `failing since ${at}`, signing: 'Own secret (for DingTalk signatures)',
  logTitle: 'Deliveries', logAbout: 'How each delivery went; what failed can be sent again.', noLog: 'Nothing was sent yet.', kind: 'Event', state: 'State', created: 'When', attempts: 'Attempts', again: 'Send again', states: { WAITING: 'waiting', DELIVERED: 'delivered', FAILED: 'failed', WITHHELD: 'withheld' }, ms: (n: number) => `${n} ms`, next: (at: string) => `next ${at}`,
});

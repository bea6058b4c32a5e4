import { words } from '@/words/language';

/** Words of review groups and the draw. */
export const said = words({
  about: '小组数和每组评分人数以模板为准；不限定单项、渠道、单位的就是全部。本人联系的村不能评。', none: '还没有编组。', panel: (n: number) => `第 ${n} 组`, name: '组名', items: '负责单项', channels: '负责渠道', units: '负责单位', members: '成员', all: '全部', seconded: '抽调', observer: '观察', seed: (s: string) => `抽签种子 ${s}`, recused: '回避', chosen: { assigned: '指定', rotation: '轮流', draw: '抽签' },
  edit: '编组和抽调', change: '修改编组', addPanel: '添加小组', removePanel: '删除本组', save: '保存编组', discard: '不改了', draft: '这是您上次没有保存的编组。', pickMembers: '添加成员', pick: '选择人员…', remove: (who: string) => `移除 ${who}`, limited: '限定范围（不选就是全部）',
  secondedTitle: (n: number, how: string) => `抽调驻村干部 ${n} 名（${how}）`, secondedNone: '模板没有抽调的规定。', seat: '坐在第几组', pool: '候选人员', seedField: '抽签种子', seedHint: '当众定下的一串文字或数字，系统记录在案，任何人都能复核。', drawAbout: '保存时按种子抽签；对“种子、轮次编号、代号”三行求 SHA-256，最小的几个中签。', rotationAbout: '保存时按抽调次数最少、间隔最久的先来。', fresh: '随机生成', warnings: '提醒', drawn: '抽签结果', reading: '正在读取人员…', failed: '人员没有读出，请刷新重试。',
  saved: '编组已保存。', afterNotice: '通知已经发过，编组变动之后须重发书面通知。', fixed: '开评以后编组不再改动。',
}, {
  about: 'At least as many groups as the template asks for, with two markers each; a group not limited to items, channels or units marks all. Nobody marks the own village.', none: 'No panels yet.', panel: (n: number) => `Panel ${n}`, name: 'Name', items: 'Items', channels: 'Channels', units: 'Units', members: 'Members', all: 'all', seconded: 'seconded', observer: 'observer', seed: (s: string) => `seed ${s}`, recused: 'Recused', chosen: { assigned: 'assigned', rotation: 'rotation', draw: 'draw' },
  edit: 'Set panels', change: 'Change panels', addPanel: 'Add a panel', removePanel: 'Remove this panel', save: 'Save panels', discard: 'Leave it', draft: 'These panels were not saved the last time.', pickMembers: 'Add a member', pick: 'Choose somebody…', remove: (who: string) => `Remove ${who}`, limited: 'Limits (all when nothing is chosen)',
  secondedTitle: (n: number, how: string) => `Seconded resident cadres: ${n} (${how})`, secondedNone: 'The template seconds nobody.', seat: 'Panel', pool: 'Pool', seedField: 'Seed of the draw', seedHint: 'Some text or number fixed in public; it is recorded, so that everybody can check the draw.', drawAbout: 'Drawn by the seed when saved: the smallest SHA-256 of the three lines seed, round, pseudonym are chosen.', rotationAbout: 'Those seconded least and longest ago come first.', fresh: 'Random', warnings: 'Please note', drawn: 'Drawn', reading: 'Reading people…', failed: 'People could not be read; reload the page.',
  saved: 'Panels saved.', afterNotice: 'The notice is out: issue it anew after a change.', fixed: 'Panels do not change once the round is open.',
});

import { words } from '@/words/language';

export const said = words({
  title: '佐证材料', about: '需要提供什么、还缺什么、已经提供了什么。提供过的材料可以直接引用，不必重复报送。',
  requests: '要求提供的材料', noRequests: '目前没有未完成的材料要求。', due: (d: string) => `期限 ${d}`, late: '已逾期', already: '此前已提供', give: '提供', village: '村（社区）', item: '单项', check: '检查点', whole: '全村', wholeItem: '整个单项',
  missing: '本轮还缺的佐证', chooseRound: '选择轮次', noRound: '请选择轮次，查看按方案还缺哪些佐证。', noneMissing: '按方案要求的佐证已经齐全。', have: '已有', want: '应有', lacks: (n: number) => `还缺 ${n} 件`,
  kind: '类别', kinds: { DOCUMENT: '资料', PHOTO: '照片、视频', OBSERVED: '现场查看', INTERVIEW: '现场询问' }, allKinds: '全部类别', allVillages: '全部村', state: '状态',
  pieces: '已有佐证', none: '没有符合条件的佐证。', nothing: '还没有佐证。可以点“录入佐证”上传照片或资料。', takenOn: '取得日期', note: '说明', file: '文件', noFile: '无文件', withdrawn: (why: string) => `已撤回：${why}`, reused: '引用', bytes: (kb: string) => `${kb} KB`,
  add: '录入佐证', addTitle: '录入佐证', competition: '比武', round: '轮次', noneOf: '不属于某一轮', photo: '照片或文件', fileHint: '照片超过 3 MB 会在本机自动压缩；单个文件不超过 32 MB。', askedRole: '被问人岗位', askedHint: '只写岗位，不写姓名。', answer: '知晓情况', answers: { KNOWN: '知晓', PARTLY: '部分知晓', UNKNOWN: '不知晓' }, choose: '请选择', send: '录入', done: '已录入。可以继续录入下一件。',
  reuse: '引用到本轮', reuseTitle: '引用已有佐证', reuseAbout: '引用后，该材料在所选轮次同样有效，不必重新提供。', withdraw: '撤回', withdrawTitle: '撤回佐证', reason: '理由', withdrawHint: '撤回后保留记录，但不再计入。',
  ask: '要求提供材料', askTitle: '要求各村提供材料', askHint: '已在有效期内提供过的村不会再次收到要求。', villages: '村（社区），可多选', what: '具体要求', dueOn: '期限', within: '以往材料有效天数', all: '全选', sent: (n: number, m: number) => `已向 ${n} 个村提出，其中 ${m} 个村此前已提供。`,
}, {
  title: 'Evidence', about: 'What is asked, what is missing, what was given. What was given before is taken over, not sent again.',
  requests: 'Asked for', noRequests: 'Nothing is asked for now.', due: (d: string) => `due ${d}`, late: 'Overdue', already: 'Given before', give: 'Give it', village: 'Village', item: 'Item', check: 'Check', whole: 'The whole village', wholeItem: 'The whole item',
  missing: 'Missing in a round', chooseRound: 'Round', noRound: 'Choose a round to see what its template wants and is not there.', noneMissing: 'Everything the template wants is there.', have: 'There', want: 'Wanted', lacks: (n: number) => `${n} missing`,
  kind: 'Kind', kinds: { DOCUMENT: 'Document', PHOTO: 'Photo or video', OBSERVED: 'Seen on the spot', INTERVIEW: 'Interview' }, allKinds: 'All kinds', allVillages: 'All villages', state: 'State',
  pieces: 'What there is', none: 'Nothing fits.', nothing: 'There is nothing yet. Enter a photo or a paper.', takenOn: 'Taken on', note: 'Note', file: 'File', noFile: 'no file', withdrawn: (why: string) => `Withdrawn: ${why}`, reused: 'taken over', bytes: (kb: string) => `${kb} KB`,
  add: 'Enter evidence', addTitle: 'Enter evidence', competition: 'Competition', round: 'Round', noneOf: 'Of no round', photo: 'Photo or file', fileHint: 'Pictures above 3 MB are made smaller here; a file may have 32 MB.', askedRole: 'Post of who was asked', askedHint: 'The post, never a name.', answer: 'What came of it', answers: { KNOWN: 'Known', PARTLY: 'Known in part', UNKNOWN: 'Not known' }, choose: 'Choose', send: 'Enter', done: 'Entered. You can go on with the next.',
  reuse: 'Take over', reuseTitle: 'Take an earlier piece over', reuseAbout: 'It then counts in the chosen round, too, and is not given again.', withdraw: 'Withdraw', withdrawTitle: 'Withdraw', reason: 'Why', withdrawHint: 'It stays on record and counts no more.',
  ask: 'Ask for material', askTitle: 'Ask villages for material', askHint: 'Villages that gave it within the days stated are not asked again.', villages: 'Villages', what: 'What exactly', dueOn: 'Due on', within: 'Days for which earlier material counts', all: 'All', sent: (n: number, m: number) => `${n} villages were asked; ${m} had given it before.`,
});

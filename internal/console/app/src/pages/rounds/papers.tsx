import { useSession } from '@/api/session';
import { useWords, words } from '@/words/language';
import type { PartProps } from './round';

const said = words({
  about: '网页可以直接打印（或另存为 PDF），DOCX 按公文格式排好。', notice: '书面通知', items: '单项工作表', sheets: '评分表（按组、按村）', typing: '评分录入表', contacts: '联点安排表', view: '打开', docx: '下载 DOCX', xlsx: '下载 XLSX',
  noticeAbout: '发布通知之后可以打开。', sheetsAbout: '开评后名单固定即可打印，带到村里填写。', afterOpen: '开评之后可以打开：名单到那时才固定。', typingAbout: '离线填好，再从“录入评分表”粘贴或导入。', bulletin: (n: number) => `通报（第 ${n} 版）`, bulletinAbout: '审定后的正式通报，印有校验值。',
}, {
  about: 'Pages can be printed as they are (or kept as PDF); DOCX is laid out as an official document.', notice: 'Written notice', items: 'Table of items', sheets: 'Score sheets by panel and village', typing: 'Grid to type marks in', contacts: 'Contacts', view: 'Open', docx: 'DOCX', xlsx: 'XLSX',
  noticeAbout: 'There once the notice is issued.', sheetsAbout: 'Print them when the round is open and fill them in on the spot.', afterOpen: 'There once the round is open and its roster is fixed.', typingAbout: 'Fill in offline, then paste or import it.', bulletin: (n: number) => `Bulletin (revision ${n})`, bulletinAbout: 'The published result with its hash.',
});

/** The documents of a round. */
export default function Papers({ round }: PartProps) {
  const w = useWords(said);
  const { may } = useSession();
  const one = (kind: string, label: string, about: string, formats: ('docx' | 'xlsx')[], id = round.id) => ({ kind, label, about, formats, at: `/documents/${kind}/${encodeURIComponent(id)}` });
  // The roster is fixed when the round opens; what is laid out by it cannot be drawn before.
  const rostered = round.state !== 'PLANNED' && round.state !== 'NOTIFIED' && round.state !== 'CANCELLED';
  const later = (p: ReturnType<typeof one>) => rostered ? p : { ...p, at: '', about: w.afterOpen };
  const papers = [
    ...(round.notice ? [one('notice', w.notice, '', ['docx'])] : [{ ...one('notice', w.notice, w.noticeAbout, []), at: '' }]),
    one('items', w.items, '', ['docx', 'xlsx']),
    ...(may('mark.draft:read') ? [one('score-sheets', w.sheets, w.sheetsAbout, ['docx']), one('typing-grid', w.typing, w.typingAbout, ['xlsx']), one('contacts', w.contacts, '', ['docx', 'xlsx'])].map(later) : []),
    ...round.publications.map((p) => one('bulletin', w.bulletin(p.revision), w.bulletinAbout, ['docx'], p.id)),
  ];
  return (
    <>
      <p>{w.about}</p>
      <div className="cards">{papers.map((p) => (
        <section key={p.kind + p.at} className="card" aria-label={p.label}>
          <p><strong>{p.label}</strong>{p.about && <><br /><small className="faint">{p.about}</small></>}</p>
          {p.at && <>{p.kind !== 'typing-grid' && <a href={p.at} target="_blank" rel="noreferrer" aria-label={`${w.view} ${p.label}`}>{w.view}</a>}{p.formats.map((f) => <span key={f}>　<a href={`${p.at}?format=${f}`} download aria-label={`${w[f]} ${p.label}`}>{w[f]}</a></span>)}</>}
        </section>
      ))}</div>
    </>
  );
}

import { App, Button } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { signOut, useMe, useSession } from '@/api/session';
import { forgetReading, ownerOf, waitingOf } from '@/parts/device';
import { useLanguage, useWords, words } from '@/words/language';
import { useBrightness, type Brightness } from './theme';

const said = words({
  signOut: '退出登录', settings: '账号与安全', elsewhere: '切换工作单位', help: '帮助与导览',
  waiting: (n: number) => `还有 ${n} 项评分没有报送`, waitingAbout: '它们会留在本机，您下次在本机登录后继续报送。建议先到“现场评分”恢复网络并报送完毕，再退出。', stay: '先不退出',
  brightness: '外观', device: '随系统', light: '浅色', dark: '深色', language: '语言',
}, {
  signOut: 'Sign out', settings: 'Account and security', elsewhere: 'Work elsewhere', help: 'Help and tours',
  waiting: (n: number) => `${n} marks were not sent yet`, waitingAbout: 'They stay on this device until you sign in here again. Better send them first, under “Marking”.', stay: 'Stay',
  brightness: 'Appearance', device: 'As the device', light: 'Light', dark: 'Dark', language: 'Language',
});

/** The person's own corner: who they are, their settings, the way out. */
export function Own({ label, icon }: { label: string; icon: ReactNode }) {
  const w = useWords(said);
  const me = useMe();
  const { restart } = useSession();
  const { language, speak } = useLanguage();
  const { brightness, choose } = useBrightness();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const here = useLocation();
  const navigate = useNavigate();
  useEffect(() => setOpen(false), [here.pathname]);
  useEffect(() => {
    if (!open) return;
    const outside = (e: Event) => { if (!box.current?.contains(e.target as Node)) setOpen(false); };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);
  const { modal } = App.useApp();
  const leave = async () => {
    const waiting = waitingOf(ownerOf(me));
    if (waiting > 0 && !await modal.confirm({ title: w.waiting(waiting), content: w.waitingAbout, okText: w.signOut, cancelText: w.stay })) return;
    await signOut();
    forgetReading();
    await navigate('/signin');
    restart();
  };
  return (
    <div className="own" ref={box} onKeyDown={(e) => { if (e.key === 'Escape') setOpen(false); }}>
      <Button type="text" icon={icon} aria-label={label} aria-expanded={open} onClick={() => setOpen(!open)} />
      {open && (
        <div className="own-box">
          <p><strong>{me.person?.name ?? me.person?.pseudonym ?? me.login}</strong><br />{me.roles.map((r) => `${r.unit.shownName} ${r.label}`).join('、')}</p>
          <label>{w.language}
            <select value={language} onChange={(e) => { speak(e.target.value === 'en' ? 'en' : 'zh-Hans'); restart(); }}>
              <option value="zh-Hans">中文</option><option value="en">English</option>
            </select>
          </label>
          <label>{w.brightness}
            <select value={brightness} onChange={(e) => choose(e.target.value as Brightness)}>
              <option value="device">{w.device}</option><option value="light">{w.light}</option><option value="dark">{w.dark}</option>
            </select>
          </label>
          <Link to="/own">{w.settings}</Link>
          <Link to="/elsewhere">{w.elsewhere}</Link>
          <Link to="/tour">{w.help}</Link>
          <Button onClick={() => void leave()}>{w.signOut}</Button>
        </div>
      )}
    </div>
  );
}

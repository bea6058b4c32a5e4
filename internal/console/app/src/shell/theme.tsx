import { ConfigProvider, App as AntApp, theme as antTheme } from 'antd';
import enGB from 'antd/locale/en_GB';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useLanguage } from '@/words/language';

/** How bright the console is: as the device says, or chosen. */
export type Brightness = 'device' | 'light' | 'dark';

const kept = 'leitai.brightness';

const BrightnessContext = createContext<{ brightness: Brightness; dark: boolean; choose: (b: Brightness) => void }>({ brightness: 'device', dark: false, choose: () => undefined });

export const useBrightness = () => use(BrightnessContext);

function keptBrightness(): Brightness {
  const value = localStorage.getItem(kept);
  return value === 'light' || value === 'dark' ? value : 'device';
}

function useDeviceIsDark(): boolean {
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const media = matchMedia('(prefers-color-scheme: dark)');
    const heard = (e: MediaQueryListEvent) => setDark(e.matches);
    media.addEventListener('change', heard);
    return () => media.removeEventListener('change', heard);
  }, []);
  return dark;
}

// Who asked the device for less motion is shown no ripples and no sliding.
const still = matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Colours and words of Ant Design's parts, by brightness and language. */
export function Look({ children }: { children: ReactNode }) {
  const { language } = useLanguage();
  const device = useDeviceIsDark();
  const [brightness, setBrightness] = useState<Brightness>(keptBrightness);
  const dark = brightness === 'device' ? device : brightness === 'dark';
  useEffect(() => { document.documentElement.dataset.theme = dark ? 'dark' : 'light'; }, [dark]);
  dayjs.locale(language === 'en' ? 'en' : 'zh-cn');
  const value = useMemo(() => ({
    brightness, dark,
    choose: (b: Brightness) => { localStorage.setItem(kept, b); setBrightness(b); },
  }), [brightness, dark]);
  // Contrast of at least 4.5 : 1 on both grounds.
  const token = dark ? { colorPrimary: '#e0685f', colorLink: '#f08c84', colorLinkHover: '#f5aca6', colorLinkActive: '#f5aca6', colorError: '#ff8f88', colorTextDescription: '#a6a6a6', colorTextPlaceholder: '#9a9a9a' }
    : { colorPrimary: '#b3261e', colorLink: '#a3211a', colorLinkHover: '#8a1a14', colorLinkActive: '#8a1a14', colorError: '#c5221f', colorTextDescription: '#5f5f5f', colorTextPlaceholder: '#6b6b6b' };
  return (
    <BrightnessContext value={value}>
      <ConfigProvider locale={language === 'en' ? enGB : zhCN} button={{ autoInsertSpace: false }} wave={{ disabled: still }}
        theme={{ ...(dark ? { components: { Button: { primaryColor: '#fff', colorPrimary: '#b3382f', colorPrimaryHover: '#bf443a', colorPrimaryActive: '#9c2d25', defaultHoverColor: '#f08c84', defaultHoverBorderColor: '#d9736a', defaultActiveColor: '#f08c84', defaultActiveBorderColor: '#d9736a' } } } : {}), algorithm: dark ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm, token: { ...token, motion: !still, borderRadius: 6, fontFamily: 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif' } }}>
        <AntApp>{children}</AntApp>
      </ConfigProvider>
    </BrightnessContext>
  );
}

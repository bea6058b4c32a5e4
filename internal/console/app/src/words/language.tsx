import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';

/** Languages of the console; zh-Hans is the first. */
export type Language = 'zh-Hans' | 'en';

const kept = 'leitai.language';

interface Spoken {
  language: Language;
  speak: (language: Language) => void;
}

const LanguageContext = createContext<Spoken>({ language: 'zh-Hans', speak: () => undefined });

/** The language chosen on this device; without a choice zh-Hans. */
export function keptLanguage(): Language {
  return localStorage.getItem(kept) === 'en' ? 'en' : 'zh-Hans';
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(keptLanguage);
  useEffect(() => { document.documentElement.lang = language; }, [language]);
  const spoken = useMemo(() => ({
    language,
    speak: (next: Language) => { localStorage.setItem(kept, next); setLanguage(next); },
  }), [language]);
  return <LanguageContext value={spoken}>{children}</LanguageContext>;
}

export const useLanguage = () => use(LanguageContext);

/** Words of a page: every word in both languages, so that none can be forgotten. */
export interface Words<T> { zh: T; en: T }

/**
 * words ties the English words to the Chinese ones: `words({ title: '轮次' },
 * { title: 'Round' })` does not compile while one is missing. A word may be a
 * function of what it names: `due: (n: number) => `还有 ${n} 天``.
 */
export function words<T extends object>(zh: T, en: { [K in keyof T]: T[K] extends string ? string : T[K] }): Words<T> {
  return { zh, en: en as T };
}

/** The words of a page in the language of the reader. */
export function useWords<T>(all: Words<T>): T {
  return useLanguage().language === 'en' ? all.en : all.zh;
}

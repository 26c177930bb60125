import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';

import { Language } from '../../../domain/text/language.ts';
import type { Vietnamese } from './language/translation.ts';
import { viFirst } from './language/viFirst.ts';

const KEPT = 'language';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Vietnamese };
  }
}

/** Vietnamese unless this browser has chosen otherwise: the offices are Vietnamese, whatever their Windows speaks. */
function keptLanguage(): Language {
  const kept = Language.safeParse(localStorage.getItem(KEPT));
  return kept.success ? kept.data : 'vi';
}

/** Words that come together: those of the first screens, of a host's pages, of pictures and sound, of the office. */
type Part = 'first' | 'door' | 'media' | 'office';

/** Most never read English: it comes when somebody does. */
const PARTS: Readonly<Record<Language, Readonly<Record<Part, () => Promise<object>>>>> = {
  vi: {
    first: () => Promise.resolve(viFirst),
    door: async () => (await import('./language/viDoor.ts')).viDoor,
    media: async () => (await import('./language/viMedia.ts')).viMedia,
    office: async () => (await import('./language/vi.ts')).vi,
  },
  en: {
    first: async () => (await import('./language/enFirst.ts')).enFirst,
    door: async () => (await import('./language/enDoor.ts')).enDoor,
    media: async () => (await import('./language/enMedia.ts')).enMedia,
    office: async () => (await import('./language/en.ts')).en,
  },
};
const wanted = new Set<Part>(['first']);
const known = new Set<string>();

async function fetchPart(language: Language, part: Part): Promise<void> {
  if (known.has(`${language} ${part}`)) return;
  const words = await PARTS[language][part]();
  i18next.addResourceBundle(language, 'translation', words, true);
  known.add(`${language} ${part}`);
}

/** Brings the words of some pages, in the language of this browser; those of the office include the host's. */
export async function learn(part: Exclude<Part, 'first'>): Promise<void> {
  wanted.add('door').add(part);
  await fetchWanted(currentLanguage());
}

async function fetchWanted(language: Language): Promise<void> {
  await Promise.all(Array.from(wanted, (part) => fetchPart(language, part)));
}

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: keptLanguage(),
    resources: {},
    // React escapes what it renders.
    interpolation: { escapeValue: false },
  });
  await fetchWanted(currentLanguage());
  document.documentElement.lang = currentLanguage();
}

export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'vi';
}

/** Switches at once and for the next visits. */
export async function switchLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEPT, language);
  await fetchWanted(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** The words of the page, and the language that they are in. */
export function useWords() {
  const { t } = useTranslation();
  return { t, language: currentLanguage() };
}

export type Words = ReturnType<typeof useWords>['t'];

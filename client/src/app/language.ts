import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';

import { Language } from '../../../domain/text/language.ts';
import { en } from './language/en.ts';
import { vi } from './language/vi.ts';

const KEPT = 'language';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof vi };
  }
}

/** Vietnamese unless this browser has chosen otherwise: the offices are Vietnamese, whatever their Windows speaks. */
function keptLanguage(): Language {
  const kept = Language.safeParse(localStorage.getItem(KEPT));
  return kept.success ? kept.data : 'vi';
}

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: keptLanguage(),
    fallbackLng: 'vi',
    resources: { vi: { translation: vi }, en: { translation: en } },
    // React escapes what it renders.
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = currentLanguage();
}

export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'vi';
}

/** Switches at once and for the next visits. */
export async function switchLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEPT, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** The words of the page, and the language that they are in. */
export function useWords() {
  const { t } = useTranslation();
  return { t, language: currentLanguage() };
}

export type Words = ReturnType<typeof useWords>['t'];

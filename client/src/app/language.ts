import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';

import { Language } from '../../../domain/text/language.ts';
import type { Translation } from './language/translation.ts';
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
  const kept = keptLanguage();
  await i18next.use(initReactI18next).init({
    lng: kept,
    fallbackLng: 'vi',
    resources: { vi: { translation: vi }, ...(kept === 'en' && { en: { translation: await english() } }) },
    // React escapes what it renders.
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = currentLanguage();
}

/** Most never read them: they come when somebody does. */
async function english(): Promise<Translation> {
  return (await import('./language/en.ts')).en;
}

export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'vi';
}

/** Switches at once and for the next visits. */
export async function switchLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEPT, language);
  if (language === 'en') i18next.addResourceBundle('en', 'translation', await english());
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** The words of the page, and the language that they are in. */
export function useWords() {
  const { t } = useTranslation();
  return { t, language: currentLanguage() };
}

export type Words = ReturnType<typeof useWords>['t'];

import type { IncomingHttpHeaders } from 'node:http';

import { Language } from '../../domain/text/language.ts';

/**
 * The language that a request asks for by `Accept-Language`: English where it ranks before Vietnamese, else Vietnamese.
 */
export function languageOf(headers: IncomingHttpHeaders): Language {
  const header = headers['accept-language'] ?? '';
  const weight: Record<Language, number> = { vi: 0, en: 0 };
  for (const [i, part] of header.slice(0, 1000).split(',').entries()) {
    const [tag = '', ...parameters] = part.trim().split(';');
    const language = Language.safeParse(tag.trim().toLowerCase().split('-')[0]);
    if (!language.success) continue;
    const q = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
    // Of two with the same weight the first one named is meant.
    const value = (q === undefined ? 1 : Number(q)) - i / 10_000;
    weight[language.data] = Math.max(weight[language.data], value);
  }
  return weight.en > weight.vi ? 'en' : 'vi';
}

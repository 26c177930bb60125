import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { en } from '../../client/src/app/language/en.ts';
import { vi } from '../../client/src/app/language/vi.ts';
import { PAGES } from '../screenshots/pages.ts';
import { signIn, type SignedInClient } from '../server/harness.ts';
import { type Scene, setScene } from './scene.ts';
import { openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
let scene: Scene;
let organizer: SignedInClient;
beforeAll(async () => {
  stage = await openStage();
  scene = await setScene(stage.server, 'canh');
  organizer = await signIn(stage.server);
});
afterAll(() => stage.close());

/** What no page says, in whatever language: what only machines read. */
const NEVER: readonly (readonly [what: string, like: RegExp])[] = [
  ['a raw id', /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-|\bcanh-[a-z]/i],
  ['a time in UTC', /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}|\bUTC\b|\bGMT\b/],
  ['a value of a program', /\b(?:null|undefined|NaN|true|false|Invalid Date)\b|\[object|\{\{/],
  ['a status code', /\b(?:403|404|500)\b/],
  ['the name of a sentence', /\b[a-z]+(?:\.[a-zA-Z]+){1,3}\b(?!\.(?:docx|csv|xlsx))/],
];

/** Words of English that no sentence does without: in a Vietnamese one they are left over. */
const ENGLISH = /\b(?:the|and|with|from|of|not|is|are|has|have|please|loading|error|your|this|for)\b/i;

/** Letters of Vietnamese, which an English page has in names, titles and documents alone: those stay as they were written. */
const VIETNAMESE = /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i;

const WRITTEN = [
  'Nhịp Cầu',
  'Hội nghị toàn quốc học tập chuyên đề, tổ chức tới Ữ Ổ Ặ',
  'Buổi sáng',
  'Điểm cầu Trung ương',
  'Tỉnh Mây Ngàn',
  'Xã Đồng Ặng',
  'Xã Lũng Ữ',
  'Trần Thử Nghiệm',
];

/** What stands on the parts of a page that are its own words for the most part, without what is written into letters as it stands. */
function labelsOn(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('nav a, h1, h2, button:not(:has(code)), label, dt')].map(
      (part) => part.textContent ?? '',
    ),
  );
}

/** All that a page says to eyes and ears, piece by piece. */
function saidOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const said: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { parentElement, textContent } = texts.currentNode;
      if (parentElement?.closest('script, style, noscript, code, pre') == null) said.push(textContent ?? '');
    }
    for (const part of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
        said.push(part.getAttribute(name) ?? '');
    return [document.title, ...said].map((text) => text.trim()).filter(Boolean);
  });
}

/** A text without what people wrote themselves. */
function withoutNames(text: string): string {
  const names = scene.people.flatMap(({ name, position }) => [name, position]);
  return [...WRITTEN, ...names].reduce((rest, name) => rest.replaceAll(name, ''), text);
}

/** Every sentence of one language as it stands on a page, those with a gap left out. */
function sentencesOf(words: object): Set<string> {
  return new Set(
    Object.values(words).flatMap((value: unknown) =>
      typeof value === 'string' ? (value.includes('{{') ? [] : [value]) : [...sentencesOf(value as object)],
    ),
  );
}

const VI = sentencesOf(vi);
const EN = sentencesOf(en);
const OTHERS = {
  vi: new Set([...EN].filter((sentence) => !VI.has(sentence))),
  en: new Set([...VI].filter((sentence) => !EN.has(sentence))),
};

test.each(['vi', 'en'] as const)(
  'no page says a raw id, a UTC time, a value of a program or a word of the other language: %s',
  async (language) => {
    const { page, faults } = await openDevice(stage, organizer);
    await page.addInitScript((chosen) => {
      // The preview of a letter stands in a frame that may keep nothing.
      if (window === window.top) localStorage.setItem('language', chosen);
    }, language);
    const found: string[] = [];
    for (const shown of PAGES) {
      const { name } = shown;
      await page.goto(shown.path(scene));
      await page.getByRole('heading').or(page.getByTestId('wall')).first().waitFor();
      await page.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => undefined);
      for (const text of await saidOn(page)) {
        for (const [what, like] of NEVER) if (like.test(text)) found.push(`${name}: ${what}: ${text}`);
        if (OTHERS[language].has(text)) found.push(`${name}: a sentence of the other language: ${text}`);
        if (language === 'vi' && ENGLISH.test(text)) found.push(`${name}: English: ${text}`);
      }
      for (const text of language === 'en' ? await labelsOn(page) : []) {
        if (VIETNAMESE.test(withoutNames(text))) found.push(`${name}: Vietnamese: ${text}`);
      }
    }
    expect(found).toEqual([]);
    expect(faults).toEqual([]);
  },
  120_000,
);

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openDevice, openStage, type Device, type Stage } from '../browser/stage.ts';
import { signIn } from '../server/harness.ts';
import { writeEverywhere, type Scene } from './scene.ts';

/** Written into every text of a conference: whatever of it ran would set this. */
const RAN = '__ran';
const hostile = (field: string): string =>
  `<img src=x onerror=${RAN}=1>"'><script>${RAN}=1</script><svg onload=${RAN}=1></title></style>` +
  `<a href="javascript:${RAN}=1">${field}</a>{{${RAN}=1}}\${${RAN}=1}<style>body{display:none}</style>`;

let stage: Stage;
let scene: Scene;
let device: Device;
beforeAll(async () => {
  stage = await openStage();
  const organizer = await signIn(stage.server, undefined, hostile('organizer'));
  scene = await writeEverywhere(stage.server, organizer, hostile);
  device = await openDevice(stage, organizer);
});
afterAll(() => stage.close());

const pages = (): string[] => {
  const conference = `/conferences/${scene.conference}`;
  const bridge = `${conference}/bridges/${scene.bridge}`;
  const ids = [scene.conference, scene.session, scene.bridge].join('/');
  return [
    '/',
    '/account',
    '/audit',
    ...[
      '',
      '/plan',
      '/bridges',
      '/roles',
      '/people',
      '/placement',
      '/reports',
      '/live',
      '/audit',
      '/retention',
    ].map((page) => conference + page),
    ...['headcount', 'headcount-versions', 'passes', 'codes', 'devices', 'hosts'].map(
      (page) => `${bridge}/${page}`,
    ),
    `${conference}/live/${scene.bridge}`,
    `${conference}/live/${scene.bridge}/versions`,
    `/door/${ids}`,
    `/summary/${ids}`,
    '/api/reference/',
  ];
};

describe('what an attacker wrote into every text of a conference', () => {
  test('is shown as text and runs on no page', async () => {
    const { page, faults } = device;
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    let shown = 0;
    for (const path of pages()) {
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      const found = await page.evaluate((ran) => {
        const foreign = document.querySelectorAll(
          'img[src="x"], svg[onload], script:not([src]), a[href^="javascript:"], [onerror], [onload]',
        );
        return {
          ran: ran in globalThis,
          foreign: [...foreign].map((element) => element.outerHTML.slice(0, 200)),
          isHidden: getComputedStyle(document.body).display === 'none',
          text: document.body.innerText,
          // What the policy refused would have no rules.
          unstyled: [...document.querySelectorAll('style')].filter(
            ({ sheet, textContent }) => textContent !== '' && (sheet?.cssRules.length ?? 0) === 0,
          ).length,
          sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        };
      }, RAN);
      expect(found, `on ${path}`).toMatchObject({ ran: false, foreign: [], isHidden: false, unstyled: 0 });
      expect(found.sideways, `on ${path}`).toBeLessThanOrEqual(0);
      if (found.text.includes('onerror=')) shown += 1;
    }
    // It was there to be seen.
    expect(shown).toBeGreaterThan(4);
    expect(dialogs).toEqual([]);
    expect(faults).toEqual([]);
  }, 120_000);

  test('nothing could run: text that becomes a script, a handler or an address is refused by the policy', async () => {
    const { page } = await openDevice(stage, null);
    await page.goto('/');
    const ran = await page.evaluate(async () => {
      const own = globalThis as unknown as Record<string, number>;
      const tries: (() => unknown)[] = [
        () =>
          document.body.append(Object.assign(document.createElement('script'), { textContent: 'own1=1' })),
        () => document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="own2=1">'),
        () => document.body.insertAdjacentHTML('beforeend', '<style>body{color:rgb(1,2,3)}</style>'),
        () =>
          document.body.append(
            Object.assign(document.createElement('iframe'), { src: 'https://evil.example/' }),
          ),
      ];
      for (const attempt of tries) {
        try {
          attempt();
        } catch {
          // Refused: that is what is hoped for.
        }
      }
      await new Promise((resolve) => void setTimeout(resolve, 300));
      return {
        scripts: ['own1', 'own2'].filter((name) => name in own),
        isStyled: getComputedStyle(document.body).color === 'rgb(1, 2, 3)',
      };
    });
    expect(ran).toEqual({ scripts: [], isStyled: false });
  });
});

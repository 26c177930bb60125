import { afterAll, beforeAll, expect, test } from 'vitest';

import { hostAt, signIn } from '../server/harness.ts';
import { pairPage } from './at-door.ts';
import { type Scene, setScene } from './scene.ts';
import { openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
let scene: Scene;

beforeAll(async () => {
  stage = await openStage();
  scene = await setScene(stage.server);
});
afterAll(() => stage.close());

/** Takes away what Chrome has had only since 110: 109 is the last one of Windows 7 and 8. Runs in the page. */
function forgetNewMethods(): void {
  const names: [object, string[]][] = [
    [Array.prototype, ['toSorted', 'toReversed', 'toSpliced', 'with']],
    [Object.getPrototypeOf(Uint8Array.prototype) as object, ['toSorted', 'toReversed', 'with']],
    [Array, ['fromAsync']],
    [String.prototype, ['isWellFormed', 'toWellFormed']],
    [Object, ['groupBy']],
    [Map, ['groupBy']],
    [Map.prototype, ['getOrInsert', 'getOrInsertComputed']],
    [Promise, ['withResolvers', 'try']],
    [
      Set.prototype,
      [
        'union',
        'intersection',
        'difference',
        'symmetricDifference',
        'isSubsetOf',
        'isSupersetOf',
        'isDisjointFrom',
      ],
    ],
    [
      Object.getPrototypeOf(Object.getPrototypeOf([].values())) as object,
      ['map', 'filter', 'take', 'drop', 'flatMap', 'reduce', 'toArray', 'forEach', 'some', 'every', 'find'],
    ],
    [RegExp, ['escape']],
    [Error, ['isError']],
    [URL, ['canParse', 'parse']],
    [AbortSignal, ['any']],
    [ArrayBuffer.prototype, ['transfer', 'transferToFixedLength', 'resize']],
    [Uint8Array, ['fromBase64', 'fromHex']],
    [Uint8Array.prototype, ['toBase64', 'toHex']],
    [Document.prototype, ['startViewTransition']],
    [HTMLElement.prototype, ['showPopover', 'hidePopover', 'togglePopover']],
    [Element.prototype, ['setHTMLUnsafe', 'moveBefore']],
    [Headers.prototype, ['getSetCookie']],
    [Blob.prototype, ['bytes']],
    [Response.prototype, ['bytes']],
    [globalThis, ['Iterator', 'DisposableStack', 'AsyncDisposableStack', 'SuppressedError', 'scheduler']],
  ];
  for (const [owner, methods] of names) {
    for (const method of methods) Reflect.deleteProperty(owner, method);
  }
}

test('a browser as old as Chrome 109 checks a person in, also without a line', async () => {
  const host = await signIn(stage.server, [hostAt(scene.conference, scene.commune)]);
  const { context, page, faults } = await openDevice(stage, host);
  await context.addInitScript(forgetNewMethods);
  await page.goto('/');
  await pairPage(stage.server, scene.conference, scene.commune, page);
  await page.getByText('Đã nối · 0 chờ gửi').waitFor();
  // The page brings its own where it needs them, and they do not do with less than the real ones.
  expect(await page.evaluate(() => /native code/.test(String([].toSorted)))).toBe(false);
  expect(await page.evaluate(() => 'groupBy' in Object || 'withResolvers' in Promise)).toBe(false);
  await page.getByRole('button', { name: 'Mở điểm cầu' }).click();
  await page.getByText('đã mở', { exact: true }).waitFor();
  await page.getByRole('combobox').fill('do van on');
  await page.keyboard.press('Enter');
  await page.getByText('1/6 có mặt').waitFor();
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await page.keyboard.type(scene.people[0]?.id ?? '');
  await page.keyboard.press('Enter');
  await page.getByText('2/6 có mặt').waitFor();
  await context.setOffline(false);
  await page.getByText('Đã nối · 0 chờ gửi').waitFor();
  expect(faults).toEqual([]);
});

test('every page of the office comes up in a browser as old as Chrome 109', async () => {
  const { context, page, faults } = await openDevice(stage, await signIn(stage.server));
  await context.addInitScript(forgetNewMethods);
  const rests = ['plan', 'bridges', 'people', 'placement', 'reports', 'live'];
  for (const rest of [...rests, `bridges/${scene.commune}/headcount`]) {
    await page.goto(`/conferences/${scene.conference}/${rest}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.getByRole('alert').count()).toBe(0);
  }
  expect(faults).toEqual([]);
});

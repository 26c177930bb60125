import { afterAll, beforeAll, expect, test } from 'vitest';

import { cameUntilThere, noteWhenThere } from '../bench/web/browser.ts';
import { hostAt, signIn } from '../server/harness.ts';
import { pairPage } from './at-door.ts';
import { type Scene, setScene } from './scene.ts';
import { openDevice, openStage, type Stage } from './stage.ts';

/** Compressed, in bytes, with headers: what the pages weigh, and a little air. Whoever needs more says for what. */
const SIGN_IN = 212_000;
const DOOR = 296_000;

let stage: Stage;
let scene: Scene;
beforeAll(async () => {
  stage = await openStage();
  scene = await setScene(stage.server, 'nang');
});
afterAll(() => stage.close());

test('a machine that was never here fetches no more than it needs to show the page to sign in', async () => {
  const { page } = await openDevice(stage, null, { keepsPages: false });
  await noteWhenThere(page, 'input[autocomplete^="username"]');
  await page.goto('/sign-in');
  const { bytes, apiBytes } = await cameUntilThere(page);
  expect(bytes - apiBytes).toBeLessThan(SIGN_IN);
});

test('a machine that was never here fetches no more than it needs to pair and show the list of its door', async () => {
  const { conference, session, commune } = scene;
  const host = await signIn(stage.server, [hostAt(conference, commune)]);
  const { page } = await openDevice(stage, host, { keepsPages: false });
  await noteWhenThere(page, '[aria-label="Danh sách đại biểu"]');
  await page.goto(`/door/${conference}/${session}/${commune}`);
  await pairPage(stage.server, conference, commune, page);
  const { bytes, apiBytes } = await cameUntilThere(page);
  expect(bytes - apiBytes).toBeLessThan(DOOR);
});

import type { Page } from 'playwright-core';

import { fold } from '../../../domain/text/search.ts';
import type { Scene } from '../../browser/scene.ts';
import { openDevice, type Stage } from '../../browser/stage.ts';
import { signIn } from '../../server/harness.ts';
import { at, count, round } from '../load/figures.ts';
import { framesWhile, notePainted, spread } from './browser.ts';
import { addBridges } from './crowd.ts';

/** The scene itself has four bridges. */
const BRIDGES = 40_000;
const SCROLL_STEPS = 180;
const SOUGHT = 12;
const EDITS = 3;

/** What an organizer waits for on the page of all bridges: its tree, frames while it scrolls, a search, one edit. */
export async function treeFigures(stage: Stage, scene: Scene): Promise<Record<string, number>> {
  const { server } = stage;
  await addBridges(server, scene.conference, scene.centre, BRIDGES - 4);
  await server.database.write('conference').where({ id: scene.conference }).increment('bridges_revision', 1);
  const { page, context } = await openDevice(stage, await signIn(server));
  const painted = await notePainted(page, '[role=treeitem]');
  await page.goto(`/conferences/${scene.conference}/bridges?bridge=${scene.otherCommune}`);
  const paintedMs = await painted();

  const rows = page.locator('[role=treeitem]');
  await rows.first().waitFor();
  const unfoldMs = await timed(page, () => page.getByRole('button', { name: 'Mở hết' }).click());
  const frames = await framesWhile(page, () => scrollThrough(page));
  const still = await framesWhile(page, () => wait(page, SCROLL_STEPS));
  const searches = await searchTimes(page);
  const edits = await editTimes(page);
  await context.close();

  const [moving, resting, search] = [spread(frames), spread(still), spread(searches)];
  const p95 = at(
    0.95,
    frames.toSorted((a, b) => a - b),
  );
  console.log(
    `the tree of ${count(BRIDGES)} bridges: ${round(paintedMs)} ms until it stands, unfolded in ${round(unfoldMs)} ms`,
  );
  console.log(
    `  frames while it scrolls from end to end: median ${round(moving.p50, 1)} ms, p95 ${round(p95, 1)} ms, worst ${round(moving.worst)} ms` +
      ` (at rest ${round(resting.p50, 1)} ms, worst ${round(resting.worst)} ms)`,
  );
  console.log(`  a search: median ${round(search.p50)} ms, worst ${round(search.worst)} ms`);
  console.log(`  one edit until it is said to be saved: ${edits.map((ms) => `${round(ms)} ms`).join(', ')}`);
  return {
    tree_painted_ms: round(paintedMs),
    tree_unfold_all_ms: round(unfoldMs),
    tree_frame_p50_ms: round(moving.p50, 1),
    tree_frame_p95_ms: round(p95, 1),
    tree_frame_worst_ms: round(moving.worst, 1),
    tree_frame_at_rest_p50_ms: round(resting.p50, 1),
    tree_search_p50_ms: round(search.p50, 1),
    tree_search_worst_ms: round(search.worst, 1),
    tree_edit_p50_ms: round(spread(edits).p50),
  };
}

/** Ms from before something is done until the frame after it has been drawn. */
async function timed(page: Page, act: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await act();
  await wait(page, 2);
  return performance.now() - from;
}

async function wait(page: Page, frames: number): Promise<void> {
  await page.evaluate(async (many) => {
    for (let n = 0; n < many; n++) await new Promise(requestAnimationFrame);
  }, frames);
}

/** From the first bridge to the last and back, a part with each frame. */
async function scrollThrough(page: Page): Promise<void> {
  await page.locator('[role=tree]').evaluate(async (tree, steps) => {
    const held = [tree, ...tree.querySelectorAll('*')].find((one) => one.scrollHeight > one.clientHeight * 2);
    const scroller = held ?? tree.parentElement ?? tree;
    for (let step = 0; step <= steps; step++) {
      const way = 1 - Math.abs((2 * step) / steps - 1);
      scroller.scrollTop = way * (scroller.scrollHeight - scroller.clientHeight);
      await new Promise(requestAnimationFrame);
    }
  }, SCROLL_STEPS);
}

/** Ms from a name in the field until its bridge stands in the tree. */
async function searchTimes(page: Page): Promise<number[]> {
  const field = page.getByRole('searchbox', { name: 'Tìm điểm cầu' });
  const taken: number[] = [];
  for (let n = 1; n <= SOUGHT; n++) {
    const name = `Xã Thử ${n * 5}.${n * 40}`;
    await field.fill('');
    await page.getByRole('treeitem', { name }).first().waitFor({ state: 'detached' });
    const from = performance.now();
    await field.fill(fold(name));
    await page.getByRole('treeitem', { name }).first().waitFor();
    taken.push(performance.now() - from);
  }
  await field.fill('');
  return taken;
}

async function editTimes(page: Page): Promise<number[]> {
  const seats = page.getByLabel('Số chỗ ngồi');
  const taken: number[] = [];
  for (let n = 1; n <= EDITS; n++) {
    await seats.fill(String(100 + n));
    const from = performance.now();
    await page.keyboard.press('Tab');
    await page.getByRole('treeitem', { name: new RegExp(`${100 + n} chỗ`) }).waitFor();
    await page.getByText(/^Đã lưu /).waitFor();
    taken.push(performance.now() - from);
  }
  return taken;
}

import { heldBy, replayOn } from '../../browser/replay.ts';
import type { Scene } from '../../browser/scene.ts';
import { openDevice, type Stage } from '../../browser/stage.ts';
import { signIn } from '../../server/harness.ts';
import { count, round } from '../load/figures.ts';
import { countBytes, framesWhile, notePainted } from './browser.ts';

/** The server tells a control room at most two changes a second. */
const HOUR = 7200;
const BEGUN = 200;

/**
 * What the screen of a control room holds on to after an hour of the nation, told as fast as it takes it, and what its first
 * screen costs. Stands on the bridges that `treeFigures` has added.
 */
export async function controlFigures(stage: Stage, scene: Scene): Promise<Record<string, number>> {
  const { page, context } = await openDevice(stage, await signIn(stage.server));
  const replay = await replayOn(page);
  const bytes = await countBytes(page);
  const painted = await notePainted(page, '[data-testid=present]');
  await page.goto(`/conferences/${scene.conference}/control`);
  const paintedMs = await painted();
  const first = bytes().bytes;
  // Everything has been drawn once: what grows from now on is what would grow for a day.
  const told = await replay(BEGUN);
  const before = await heldBy(page);
  const from = performance.now();
  const frames = await framesWhile(page, async () => void (await replay(HOUR)));
  const seconds = (performance.now() - from) / 1000;
  const after = await heldBy(page);
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
  await context.close();
  const MB = 1_000_000;
  console.log(
    `the control room: ${round(paintedMs)} ms until its figures stand, ${count(first)} bytes over the network (without its line)`,
  );
  console.log(
    `  ${count(HOUR)} changes of ${count(told / BEGUN)} bytes each, an hour's, taken in ${round(seconds, 1)} s;` +
      ` scripts hold ${round(before / MB, 1)} MB before and ${round(after / MB, 1)} MB after, ${count(nodes)} elements;` +
      ` longest frame ${round(Math.max(...frames))} ms`,
  );
  return {
    control_painted_ms: round(paintedMs),
    control_first_bytes: first,
    control_update_bytes: round(told / BEGUN),
    control_hour_replayed_s: round(seconds, 1),
    control_held_before_bytes: before,
    control_held_after_hour_bytes: after,
  };
}

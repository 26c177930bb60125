import { fold } from '../../../domain/text/search.ts';
import { field, listIsThere, pairPage } from '../../browser/at-door.ts';
import type { Scene } from '../../browser/scene.ts';
import { openDevice, type Device, type Stage } from '../../browser/stage.ts';
import { hostAt, signIn, type SignedInClient } from '../../server/harness.ts';
import { count, round } from '../load/figures.ts';
import {
  type Came,
  cameUntilThere,
  notePainted,
  noteWhenThere,
  slowDown,
  SLOWER,
  spread,
} from './browser.ts';

/** So many people are typed for, spread over the whole list. */
const SOUGHT = 40;

const NAME_FIELD = 'input[autocomplete^="username"]';
const LIST = '[aria-label="Danh sách đại biểu"]';

/** What a host waits for: the first screens on a cold machine, and a name among all who are expected. */
export async function hostFigures(
  stage: Stage,
  scene: Scene,
  names: readonly string[],
): Promise<Record<string, number>> {
  const host = await signIn(stage.server, [hostAt(scene.conference, scene.commune)]);
  const figures: Record<string, number> = {};
  for (const slower of [1, SLOWER]) {
    const suffix = slower === 1 ? '' : `_${slower}x_slower`;
    const cold = await firstScreen(stage, null, '/sign-in', NAME_FIELD, NAME_FIELD, slower);
    const came = await cameUntilThere(cold.device.page);
    console.log(`the page to sign in${times(slower)}: ${said(cold.paintedMs, came)}`);
    figures[`sign_in_painted${suffix}_ms`] = round(cold.paintedMs);
    figures['sign_in_bytes'] = came.bytes;
    figures['sign_in_answers'] = came.answers;
    await cold.device.context.close();

    const door = await firstScreen(stage, host, doorOf(scene), 'main', LIST, slower);
    await pairPage(stage.server, scene.conference, scene.commune, door.device.page);
    await listIsThere(door.device.page);
    const until = await cameUntilThere(door.device.page);
    console.log(
      `the door, paired, with ${count(names.length)} people${times(slower)}: ${said(door.paintedMs, until)}`,
    );
    figures[`door_painted${suffix}_ms`] = round(door.paintedMs);
    figures['door_with_list_bytes'] = until.bytes;
    figures['door_with_list_api_bytes'] = until.apiBytes;
    figures['door_with_list_answers'] = until.answers;
    const found = spread(await findTimes(door.device, names));
    console.log(
      `  from a name typed until its person is shown: ${round(found.p50)} ms, worst ${round(found.worst)} ms`,
    );
    figures[`find_p50${suffix}_ms`] = round(found.p50, 1);
    figures[`find_worst${suffix}_ms`] = round(found.worst, 1);
    await door.device.context.close();
  }
  return figures;
}

const doorOf = (scene: Scene) => `/door/${scene.conference}/${scene.session}/${scene.commune}`;
const times = (slower: number) => (slower === 1 ? '' : `, processor ${slower} times slower`);
const said = (paintedMs: number, came: Came) =>
  `${round(paintedMs)} ms, ${count(came.bytes)} bytes over the network in ${came.answers} answers, ${count(came.apiBytes)} of them the API's`;

/** A machine that has never been here opens a page, until something is painted; what came is counted until something is there. */
async function firstScreen(
  stage: Stage,
  who: SignedInClient | null,
  path: string,
  painted: string,
  there: string,
  slower: number,
) {
  const device = await openDevice(stage, who, { keepsPages: true });
  await slowDown(device.page, slower);
  await noteWhenThere(device.page, there);
  const paintedAt = await notePainted(device.page, painted);
  await device.page.goto(path);
  return { device, paintedMs: await paintedAt() };
}

/** Ms from a name in the field until its person is on the screen, for people all over the list. */
async function findTimes({ page }: Device, names: readonly string[]): Promise<number[]> {
  const taken: number[] = [];
  for (let index = 0; index < SOUGHT; index += 1) {
    const name = names[Math.floor((index * names.length) / SOUGHT)] ?? '';
    await field(page).focus();
    await page.evaluate(watchFor, name);
    // All at once, as a hand scanner is; one letter at a time asks for the same each time.
    await page.keyboard.insertText(fold(name));
    const found = await page.waitForFunction(() => (window as { foundAfter?: number }).foundAfter);
    taken.push(Number(await found.jsonValue()));
    await field(page).fill('');
    await page.getByRole('option').first().waitFor({ state: 'detached' });
  }
  return taken;
}

/** Runs in the page: from the next input on, notes how long it takes until a name that was sought is on the screen. */
function watchFor(name: string): void {
  const shown = window as { foundAfter?: number };
  delete shown.foundAfter;
  const onInput = (): void => {
    const from = performance.now();
    const look = (): void => {
      const options = [...document.querySelectorAll('[role="option"]')];
      if (!options.some(({ textContent }) => textContent.normalize('NFC').includes(name)))
        return void requestAnimationFrame(look);
      requestAnimationFrame(() => Object.assign(shown, { foundAfter: performance.now() - from }));
    };
    look();
  };
  document.addEventListener('input', onInput, { once: true, capture: true });
}

import type { Page } from 'playwright-core';

import type { BridgeId, ConferenceId } from '../../domain/ids.ts';
import { newPairingCode } from '../../server/devices/pairing.ts';
import type { RunningServer } from '../../server/server.ts';
import { operatorOf } from '../server/operator.ts';

/** A PIN that no rule refuses. */
export const PIN = '802617';

/** The one big field. */
export const field = (page: Page) =>
  page.getByRole('combobox', { name: 'Quét mã hoặc gõ tên, không cần dấu' });

/** What the door says of the last thing that was done. */
export const answer = (page: Page) => page.getByRole('status', { name: 'Kết quả' });

/** A hand scanner: from anywhere on the page. */
export async function scan(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
}

/** Waits until the door stands there with its list, a line and nothing to send. */
export async function inStep(page: Page): Promise<void> {
  await listIsThere(page);
  await page.getByText('Đã nối · 0 chờ gửi').waitFor();
}

/** Waits until the people of the bridge are there. */
export async function listIsThere(page: Page): Promise<void> {
  await page
    .getByText(/[\d.]+\/[\d.]+ có mặt/)
    .first()
    .waitFor();
}

/** Waits until the browser has put the page itself away on the machine. */
export async function pageIsKept(page: Page): Promise<void> {
  await until(() =>
    page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state === 'activated'),
  );
}

/** Sets the PIN of this machine, and waits until the list lies locked on it. */
export async function setPin(page: Page, pin = PIN): Promise<void> {
  await page.getByRole('button', { name: 'Đặt mã PIN' }).first().click();
  await choosePin(page, pin);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await until(() => page.evaluate(storeHolds, 'rosters'));
}

/** `waitForFunction` takes a promise for true, whatever it comes to. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 100));
}

/** Fills in the dialog of a new PIN. */
export async function choosePin(page: Page, pin: string, again = pin): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Mã PIN mới', exact: true }).fill(pin);
  await dialog.getByRole('textbox', { name: 'Nhập lại mã PIN mới' }).fill(again);
  await dialog.getByRole('button', { name: 'Khoá bằng mã này' }).click();
}

/** Types a PIN where the page asks for it. */
export async function typePin(page: Page, pin = PIN): Promise<void> {
  await page.getByRole('textbox', { name: 'Mã PIN của máy này' }).fill(pin);
  await page.getByRole('button', { name: 'Mở khoá', exact: true }).click();
}

export interface Kept {
  readonly id: string;
  readonly state: string;
}

/** What stands in the outbox of a page. */
export async function kept(page: Page): Promise<readonly Kept[]> {
  return await page.evaluate(readOutbox, null);
}

/** Waits until a page has written down so many events and the server has recorded each. */
export async function allSent(page: Page, count: number): Promise<void> {
  await page.evaluate(readOutbox, count);
}

/** Runs in the page. With a number, answers once so many events stand there and all are recorded. */
async function readOutbox(count: number | null): Promise<Kept[]> {
  const read = () =>
    new Promise<Kept[]>((resolve, reject) => {
      const opening = indexedDB.open('nhipcau-door');
      opening.addEventListener('error', () => reject(opening.error));
      opening.addEventListener('success', () => {
        const database = opening.result;
        const reading = database.transaction('events').objectStore('events').getAll();
        reading.addEventListener('error', () => reject(reading.error));
        reading.addEventListener('success', () => {
          database.close();
          resolve(reading.result);
        });
      });
    });
  for (;;) {
    const events = await read();
    if (count === null || (events.length === count && events.every(({ state }) => state === 'done'))) {
      return events;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Runs in the page. Whether a store of the door's database has anything. */
function storeHolds(store: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('nhipcau-door');
    opening.addEventListener('error', () => reject(opening.error));
    opening.addEventListener('success', () => {
      const database = opening.result;
      const counting = database.transaction(store).objectStore(store).count();
      counting.addEventListener('success', () => {
        database.close();
        resolve(counting.result > 0);
      });
    });
  });
}

/**
 * Everything that a page's browser keeps for it in databases and beside them, as one text: whatever is readable in it by
 * itself shows. Bytes stand as the letters that they would be.
 */
export async function everythingKept(page: Page): Promise<string> {
  return await page.evaluate(async () => {
    // Everything that runs in the page has to stand in here.
    // oxlint-disable unicorn/consistent-function-scoping
    const wait = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error));
      });
    const readable = (_: string, value: unknown) =>
      ArrayBuffer.isView(value) || value instanceof ArrayBuffer
        ? `${new TextDecoder().decode(value)}${new TextDecoder('utf-16le').decode(value)}`
        : value;
    const texts: string[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await wait(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const rows = await wait(database.transaction(store).objectStore(store).getAll());
        texts.push(`${name} ${store}: ${rows.length} ${JSON.stringify(rows, readable)}`);
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        // The program's own files hold nobody's name; answers of the server would.
        if (!request.url.includes('/api/')) continue;
        texts.push(`cache ${request.url} ${await (await cache.match(request))?.text()}`);
      }
    }
    texts.push(JSON.stringify(Object.entries(sessionStorage)));
    return texts.join('\n');
  });
}

/**
 * Pairs the machine of a page with a bridge, as its host does: with the code that somebody gave them. The page asks for it, or the
 * machine is paired there already.
 */
export async function pairPage(
  server: RunningServer,
  conference: ConferenceId,
  bridge: BridgeId,
  page: Page,
): Promise<void> {
  const codeField = page.getByRole('textbox', { name: 'Mã ghép máy' });
  await codeField.waitFor();
  const context = server.context();
  const scope = await operatorOf(context, conference, bridge);
  const { code } = await newPairingCode(context, scope.conference, scope.bridge);
  await codeField.fill(code);
  await page.getByRole('button', { name: 'Ghép máy này' }).click();
  await codeField.waitFor({ state: 'detached' });
}

export const GUEST = 'Phùng Thị Khách';
export const UNIT = 'Báo Mây Ngàn';
export const REASON = 'Con ốm nằm viện';

/** Somebody of no list comes. */
export async function addGuest(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Thêm khách' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Họ và tên').fill(GUEST);
  await dialog.getByLabel('Đơn vị').fill(UNIT);
  await dialog.getByRole('button', { name: 'Ghi khách' }).click();
  await answer(page).getByText(GUEST).waitFor();
}

/** Somebody sends word that they will not come. */
export async function excuse(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Việc khác với ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Ghi xin vắng' }).click();
  await page.getByRole('dialog').getByLabel('Lý do').fill(REASON);
  await page.getByRole('dialog').getByRole('button', { name: 'Ghi xin vắng' }).click();
  await answer(page).getByText(`Xin vắng: ${REASON}.`).waitFor();
}

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { allSent, answer, inStep, listIsThere, pairPage, scan } from './at-door.ts';
import { doorScenes } from './door-scene.ts';
import { openDevice } from './stage.ts';

const at = doorScenes('day');

/** The door's list is asked for, and its answer is held back until `release`. */
async function holdList(page: Page) {
  const asked = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  await page.route('**/door?*', async (route) => {
    const response = await route.fetch();
    if (response.ok()) {
      asked.resolve();
      await held.promise;
    }
    await route.fulfill({ response });
  });
  return { asked: asked.promise, release: held.resolve };
}

test('a proof for a line that broke meanwhile is not held against the next one: the door hears what others do', async () => {
  const { page, faults } = await openDevice(at.stage, at.host);
  // The first signature takes until its line is gone and the next one is there.
  await page.addInitScript(() => {
    const lines: WebSocket[] = [];
    const Socket = WebSocket;
    const begun = Promise.withResolvers<void>();
    window.WebSocket = class extends Socket {
      constructor(url: string | URL) {
        super(url);
        if (lines.push(this) === 2) {
          this.addEventListener('message', ({ data }) => String(data).startsWith('40') && begun.resolve());
        }
      }
    };
    const sign = crypto.subtle.sign.bind(crypto.subtle);
    let signatures = 0;
    crypto.subtle.sign = async (...what) => {
      signatures += 1;
      if (signatures === 1) {
        lines[0]?.close();
        await begun.promise;
      }
      return await sign(...what);
    };
  });
  // The key is there before the line.
  await page.goto('/sign-in');
  await page.goto(at.address());
  await pairPage(at.stage.server, at.scene.conference, at.scene.commune, page);
  await listIsThere(page);
  await at.record({ kind: 'arrive', person: at.idOf(0), mode: 'in-person' });
  await page.getByText('1/6 có mặt').waitFor();
  expect(faults).toEqual([]);
});

test('a list that was asked for before the pairing and is refused late takes nothing from the one asked for after it', async () => {
  const { page, faults } = await openDevice(at.stage, at.host);
  const refused = Promise.withResolvers<void>();
  const late = Promise.withResolvers<void>();
  const read = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const told = Promise.withResolvers<void>();
  page.on('websocket', (line) =>
    line.on('framereceived', ({ payload }) => {
      if (payload.includes('door:changed')) told.resolve();
    }),
  );
  await page.route('**/door?*', async (route) => {
    const response = await route.fetch();
    if (response.ok()) {
      read.resolve();
      await held.promise;
    } else {
      refused.resolve();
      await late.promise;
    }
    await route.fulfill({ response });
  });
  await page.goto(at.address());
  await refused.promise;
  await pairPage(at.stage.server, at.scene.conference, at.scene.commune, page);
  await read.promise;
  await at.record({ kind: 'arrive', person: at.idOf(0), mode: 'in-person' });
  await told.promise;
  late.resolve();
  held.resolve();
  await page.getByText('1/6 có mặt').waitFor();
  expect(faults).toEqual([]);
});

test('what is scanned before the list is there is kept in sight and checked in once it is', async () => {
  const { page, faults } = await openDevice(at.stage, at.host);
  const list = await holdList(page);
  await page.goto(at.address());
  await pairPage(at.stage.server, at.scene.conference, at.scene.commune, page);
  await scan(page, at.idOf(0));
  await list.asked;
  await scan(page, 'do van on');
  await scan(page, 'tran thi');
  await page.getByText(/Đã giữ 3 lượt quét/).waitFor();
  expect(await at.ledger()).toEqual([]);
  list.release();
  await page.getByText('2/6 có mặt').waitFor();
  // Who of two is meant, only a person can say.
  await page.getByText('2 người khớp.').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('3/6 có mặt').waitFor();
  await inStep(page);
  expect((await at.ledger()).map((event) => 'person' in event && event.person)).toEqual([
    at.idOf(0),
    at.idOf(1),
    at.idOf(2),
  ]);
  expect(faults).toEqual([]);
});

test('where the list does not come, a code is written down without it', async () => {
  const { page, context } = await openDevice(at.stage, at.host);
  await page.goto(at.address());
  await pairPage(at.stage.server, at.scene.conference, at.scene.commune, page);
  await listIsThere(page);
  await page.route('**/door?*', (route) => route.abort());
  await page.reload();
  await scan(page, at.idOf(0));
  // The ledger knows whose it is.
  await answer(page).getByText('Vừa điểm danh').waitFor();
  await allSent(page, 1);
  // The page tries by itself too, and may take the button away under a pointer.
  await page.getByRole('button', { name: 'Thử lại' }).focus();
  await page.unroute('**/door?*');
  await page.keyboard.press('Enter');
  await page.getByText('1/6 có mặt').waitFor();
  expect((await at.ledger()).length).toBe(1);
  await context.close();
});

test('a list that was under way while somebody checked in still tells of those before them', async () => {
  const { page, context } = await at.openDoor();
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await at.record({ kind: 'arrive', person: at.idOf(0), mode: 'in-person' });
  const read = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  await page.route('**/door?limit=1000*', async (route) => {
    const response = await route.fetch();
    read.resolve();
    await held.promise;
    await route.fulfill({ response });
  });
  await context.setOffline(false);
  await read.promise;
  await at.record({ kind: 'arrive', person: at.idOf(1), mode: 'in-person' });
  await page.getByText('1/6 có mặt').waitFor();
  held.resolve();
  await page.getByText('2/6 có mặt').waitFor();
  expect((await at.ledger()).map((event) => event.kind)).toEqual(['arrive', 'arrive']);
});

test('the page settles its own entries by itself: the server is asked for the list once, and not again', async () => {
  const device = await at.openDoor();
  const asked: string[] = [];
  device.page.on('request', (request) => {
    if (/\/door\?/.test(request.url())) asked.push(request.url());
  });
  const { page } = device;
  await page.goto('/');
  await inStep(page);
  await page.getByRole('button', { name: 'Mở điểm cầu' }).click();
  await page.getByText('đã mở', { exact: true }).waitFor();
  await page.keyboard.type(at.idOf(0));
  await page.keyboard.press('Enter');
  await page.getByText('1/6 có mặt').waitFor();
  await page.getByRole('button', { name: 'Thêm khách' }).click();
  await page.getByRole('dialog').getByLabel('Họ và tên').fill('Vũ Thị Khách');
  await page.getByRole('button', { name: 'Ghi khách' }).click();
  await page.getByText('1/6 có mặt · 1 ngoài danh sách').waitFor();
  await page.getByRole('button', { name: 'Đếm số người' }).click();
  await page.getByRole('button', { name: 'Thêm một: Đảng viên' }).click();
  await page.getByText('Cả điểm cầu: 1').waitFor();
  await allSent(page, 4);
  await page.waitForTimeout(1500);
  expect(asked.length).toBe(1);
});

test('a line that comes back brings the list again only where somebody else changed something', async () => {
  const { page, context } = await at.openDoor();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (/\/door\?/.test(request.url())) asked.push(request.url());
  });
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await context.setOffline(false);
  await inStep(page);
  await scan(page, at.idOf(3));
  await allSent(page, 1);
  expect(asked).toEqual([]);
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await at.record({ kind: 'arrive', person: at.idOf(0), mode: 'in-person' });
  await context.setOffline(false);
  await page.getByText('2/6 có mặt').waitFor();
  expect(asked.length).toBe(1);
});

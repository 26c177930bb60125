import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { api } from '../../domain/wire/api.ts';
import { signIn } from '../server/harness.ts';
import { allSent, everythingKept, kept, pageIsKept, scan, setPin, typePin } from './at-door.ts';
import { doorScenes } from './door-scene.ts';
import { expectAccessible } from './stage.ts';

const at = doorScenes('may');

/** The receipts that lie on this machine, in the order of their places. */
async function receipts(page: Page): Promise<readonly { place: number; hash: string }[]> {
  const events = (await kept(page)) as unknown as { receipt: { place: number; hash: string } }[];
  return events.map(({ receipt }) => receipt);
}

/** Runs in the page. Another head at the next place than the server is going to give. */
function forgeHead(): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('nhipcau-door');
    opening.addEventListener('success', () => {
      const change = opening.result.transaction('heads', 'readwrite');
      const heads = change.objectStore('heads');
      const all = heads.getAll();
      all.addEventListener('success', () => {
        heads.put({ ...(all.result as object[])[0], place: 2, hash: 'f'.repeat(64) });
      });
      change.addEventListener('complete', () => {
        opening.result.close();
        resolve();
      });
      change.addEventListener('error', () => reject(change.error));
    });
  });
}

test('a machine that was revoked forgets the people at once, says so, and its entries are delivered', async () => {
  const { page, context } = await at.openDoor({ keepsPages: true });
  await setPin(page);
  await pageIsKept(page);
  await scan(page, at.idOf(0));
  await allSent(page, 1);
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await scan(page, at.idOf(1));
  await page.getByText('Mất mạng. 1 lượt chờ gửi').waitFor();
  const organizer = await signIn(at.stage.server);
  const { conference, commune: bridge } = at.scene;
  const device = await page.evaluate(() => localStorage.getItem('device') ?? '');
  const params = { conference, bridge, device };
  await organizer.call(api.revokeDevice, { params, body: { reason: 'Máy bị mất' } });
  await context.setOffline(false);
  await page.getByText('Máy này đã bị thu hồi quyền điểm danh tại điểm cầu này.').waitFor();
  await page.getByText('1 lượt của máy này đã gửi và đang chờ ban tổ chức xét duyệt.').waitFor();
  await expectAccessible(page);
  const shown = await page.locator('body').innerText();
  for (const { name } of at.scene.people) expect(shown).not.toContain(name);
  expect(await everythingKept(page)).toMatch(/rosters: 0 /);
  expect((await kept(page)).map(({ state }) => state)).toEqual(['done', 'quarantined']);
  expect((await at.ledger()).length).toBe(1);

  // It stays so without a line, and ends when the machine is let back in.
  await context.setOffline(true);
  await page.reload();
  await typePin(page);
  await page.getByText('Máy này đã bị thu hồi quyền điểm danh tại điểm cầu này.').waitFor();
  await organizer.call(api.restoreDevice, { params, body: { reason: 'Đã tìm thấy máy' } });
  await context.setOffline(false);
  await page.getByText('1/6 có mặt').waitFor();
});

test('the door keeps the last head that it was given, and says when the server tells another history', async () => {
  const { page, context } = await at.openDoor();
  await scan(page, at.idOf(0));
  await allSent(page, 1);
  const [first] = await receipts(page);
  expect(first).toMatchObject({ place: 1 });
  await page.getByText(/Khi mất mạng/).click();
  const short = `1 · ${first?.hash.slice(0, 4)} ${first?.hash.slice(4, 8)}`;
  await page.getByText(short).waitFor();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Sao chép' }).click();
  await page.getByText('Đã chép').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(`${at.scene.commune}:1:${first?.hash}`);
  await expectAccessible(page);

  // A server that has lost its last entries and goes on as if they had never been.
  await page.evaluate(forgeHead);
  await scan(page, at.idOf(1));
  await page.getByText('Sổ trên máy chủ không khớp với biên nhận mà máy này giữ.').waitFor();
});

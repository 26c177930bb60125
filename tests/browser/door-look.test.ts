import { join } from 'node:path';

import { expect, test } from 'vitest';

import { addGuest, answer, choosePin, field, pageIsKept, PIN, scan } from './at-door.ts';
import { doorScenes } from './door-scene.ts';
import { expectFitForAll } from './stage.ts';

const at = doorScenes('nhin');

test('the door passes the accessibility rules in light and dark and fits a phone of 360 px', async () => {
  const { page, faults } = await at.openDoor();
  await expectFitForAll(page);
  await page.getByRole('button', { name: 'Mở điểm cầu' }).click();
  await page.keyboard.type(at.idOf(0));
  await page.keyboard.press('Enter');
  await answer(page).getByText(at.nameOf(0)).waitFor();
  await field(page).fill('th');
  await page.getByRole('listbox').waitFor();
  await expectFitForAll(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Đếm số người' }).click();
  await page.getByRole('button', { name: 'Thêm khách' }).click();
  await page.getByRole('dialog').waitFor();
  await expectFitForAll(page);
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 360, height: 740 });
  await expectFitForAll(page);
  expect(faults).toEqual([]);
});

test('every target of the door is at least 44 px high on a phone', async () => {
  const { page } = await at.openDoor({ width: 360, height: 740 });
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, a, input:not([type=radio])')]
      .map((target) => ({
        name: target.textContent || target.ariaLabel,
        box: target.getBoundingClientRect(),
      }))
      .filter(({ box }) => box.width > 0 && box.height < 43.5)
      .map(({ name, box }) => `${name} ${box.height}`),
  );
  expect(small).toEqual([]);
});

test('lock, setting of the PIN and details pass the accessibility rules in light and dark and fit 360 px', async () => {
  const { page, context, faults } = await at.openDoor({ keepsPages: true, width: 360, height: 740 });
  const shots = process.env['SHOTS'];
  const shoot = async (name: string) => {
    await expectFitForAll(page);
    if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  };
  await shoot('no-vault');
  await page.getByRole('button', { name: 'Đặt mã PIN' }).first().click();
  await shoot('set-pin');
  await choosePin(page, PIN);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await pageIsKept(page);
  await page.getByText(/Khi mất mạng|Sẵn sàng/).click();
  await shoot('details');
  await context.setOffline(true);
  await page.getByText('Mất mạng.').waitFor();
  await field(page).fill('do van on');
  await page.keyboard.press('Enter');
  await addGuest(page);
  await scan(page, at.idOf(0));
  await answer(page).getByText('chờ xác nhận').waitFor();
  await page.getByText(/^Có mặt 2$/).click();
  await shoot('kept');
  await page.reload();
  await page.getByRole('button', { name: 'Mở khoá', exact: true }).waitFor();
  await shoot('locked');
  await page.goto('/');
  await page.getByRole('heading', { name: 'Không nối được với máy chủ' }).waitFor();
  await shoot('offline-start');
  expect(faults).toEqual([]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';

import { Instant } from '../../domain/time.ts';
import { signIn, type SignedInClient } from '../server/harness.ts';
import { settingsFor, startPost, type Post } from '../server/mail/post.ts';
import { setScene, type Scene } from './scene.ts';
import { expectAccessible, expectNoSidewaysScroll, openDevice, openStage, type Stage } from './stage.ts';

// Weeks before the session of the scene, which begins now.
const clock = (): Instant => Instant.parse(Date.now() - 30 * 86_400_000);
let post: Post;
let stage: Stage;
let scene: Scene;
let organizer: SignedInClient;
beforeAll(async () => {
  post = await startPost();
  stage = await openStage({ clock, mail: settingsFor(post.port) });
  scene = await setScene(stage.server);
  organizer = await signIn(stage.server, undefined, 'Trần Văn Tổng');
  await stage.server.database.write.raw(
    `update person set data = json_set(data, '$.email', 'nguoi-' || rowid || '@don-vi.example')
     where id in (select person from placement where bridge = ? and person <> ?)`,
    [scene.commune, scene.people[0]!.id],
  );
});
afterAll(async () => {
  await stage.close();
  await post.close();
});

test('an organizer prepares, approves and sends the invitations of a hall, writes down an answer and decides about a substitute', async () => {
  const { page, faults } = await openDevice(stage, organizer);
  await page.goto(`/conferences/${scene.conference}/bridges?bridge=${scene.commune}`);
  await page.getByRole('link', { name: 'Giấy mời, triệu tập' }).click();
  await page.getByText('Chưa có giấy mời nào ở đây').waitFor();
  await page.getByRole('button', { name: 'Soạn giấy' }).click();
  await page.getByText(/^Đã soạn \d+, chuyển 0\.$/).waitFor();
  await page.getByRole('button', { name: /^Duyệt \d+$/ }).click();
  await page.getByText(/^Đã duyệt \d+\.$/).waitFor();
  await page.getByRole('button', { name: /^Gửi \d+ thư$/ }).click();
  await page.getByText(/thư vào hàng chờ/).waitFor();
  await page.getByRole('button', { name: 'Ghi đã giao giấy' }).click();
  await page.getByRole('button', { name: /^Ghi đã giao giấy cho \d+ người$/ }).click();
  await page.getByRole('button', { name: `${scene.people.length} Chưa trả lời` }).waitFor();
  await expectAccessible(page);

  const { name } = scene.people.at(-1)!;
  await page.getByRole('button', { name }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Xem thư' }).click();
  await dialog.frameLocator('iframe').getByText(`Kính gửi đồng chí ${name}`).waitFor();
  await dialog.getByRole('button', { name: 'Ghi trả lời' }).click();
  await dialog.getByText('Cử người dự thay').click();
  await dialog.getByLabel('Họ và tên người dự thay').fill('Lò Thị Ổn Định');
  await dialog.getByLabel('Lý do không dự').fill('Đi công tác');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Lưu trả lời' }).click();
  await dialog.getByText(/xin để Lò Thị Ổn Định dự thay/).waitFor();
  await dialog.getByRole('button', { name: 'Đồng ý dự thay' }).click();
  await dialog.getByText(/: Đồng ý dự thay · Trần Văn Tổng/).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '1 Có người dự thay' }).waitFor();
  await page.getByRole('button', { name: '1 Đã duyệt' }).click();
  await page.getByRole('button', { name: 'Lò Thị Ổn Định' }).waitFor();
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  expect(faults).toEqual([]);
});

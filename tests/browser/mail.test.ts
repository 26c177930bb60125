import { afterAll, beforeAll, expect, test } from 'vitest';

import { Instant } from '../../domain/time.ts';
import { api } from '../../domain/wire/api.ts';
import { queueLetters } from '../../server/mail/commands.ts';
import { lettersWait } from '../../server/mail/live.ts';
import { transaction } from '../../server/platform/database.ts';
import { remindersWait } from '../../server/reminders/live.ts';
import { signIn, type SignedInClient } from '../server/harness.ts';
import { settingsFor, startPost, type Post } from '../server/mail/post.ts';
import { setScene, type Scene } from './scene.ts';
import { expectAccessible, expectNoSidewaysScroll, openDevice, openStage, type Stage } from './stage.ts';

let ahead = 0;
const clock = (): Instant => Instant.parse(Date.now() + ahead);
let post: Post;
let stage: Stage;
let scene: Scene;
let organizer: SignedInClient;
beforeAll(async () => {
  post = await startPost({ says: (address) => (address.startsWith('khong') ? 550 : null) });
  stage = await openStage({ clock, mail: settingsFor(post.port) });
  scene = await setScene(stage.server);
  organizer = await signIn(stage.server, undefined, 'Trần Văn Tổng');
});
afterAll(async () => {
  await stage.close();
  await post.close();
});

const path = (rest: string) => `/conferences/${scene.conference}/${rest}`;

test('an address that is given to a bridge gets the reminder, and the page of mail shows the letter as it went', async () => {
  const { page, faults } = await openDevice(stage, organizer);
  await page.goto(path('mail'));
  await page.getByText('Chưa có thư nào').waitFor();
  await page.goto(path(`bridges?bridge=${scene.commune}`));
  const organizerThere = page.getByRole('group', { name: 'Đầu mối' });
  const address = organizerThere.getByLabel('Địa chỉ thư');
  await address.fill('đầu mối@xa');
  await address.press('Enter');
  await page.getByText('Chỉ ghi một địa chỉ thư').waitFor();
  await address.fill('dau-moi@xa.example');
  await address.press('Enter');
  await page
    .getByText(/Đã lưu/)
    .first()
    .waitFor();

  await page.goto(path('reports'));
  await page.getByRole('button', { name: 'Đôn đốc…' }).click();
  await page.getByText('Kèm 1 thư tới 1 nơi; 2 nơi chưa có địa chỉ thư.').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: /^Đôn đốc \d+ nơi/ }).click();
  await page.getByText(/gửi sau \d+ giây/).waitFor();
  ahead += 61_000;
  remindersWait(stage.server.database);
  await page.getByText('Kèm 1 thư.').waitFor({ timeout: 30_000 });

  await transaction(stage.server.database, (db) =>
    queueLetters(db, stage.server.context(), [
      {
        conference: scene.conference,
        language: 'vi',
        isAutomatic: true,
        subject: 'Giấy mời',
        text: 'Kính gửi',
        about: { kind: 'thu', id: 'x' },
        to: { name: 'Đặng Thị Ẩn', address: 'khong.co@don-vi.example' },
      },
    ]),
  );
  lettersWait(stage.server.database);
  await page.goto(path('mail'));
  await page.getByRole('button', { name: '1 không gửi được' }).waitFor();
  await page.getByText('Thư đi từ Ban tổ chức Hội nghị').waitFor();
  await page.getByText(/5\.1\.1 Không có hòm thư/).waitFor();
  await expectAccessible(page);
  await page.getByPlaceholder('Tìm tên, địa chỉ, tiêu đề').fill('dau-moi');
  await page.getByText('1 thư.', { exact: true }).waitFor();
  await page.getByRole('button', { name: /dau-moi@xa\.example/ }).click();
  const frame = page.frameLocator('iframe');
  await frame.getByText('Đề nghị đơn vị gửi báo cáo').waitFor();
  await page.getByText('máy chủ thư đã nhận').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Gửi thư thử' }).click();
  await page.getByLabel('Địa chỉ thư của bạn').fill('toi@tinh.example');
  await page.getByRole('button', { name: 'Gửi thử' }).click();
  await page.getByPlaceholder('Tìm tên, địa chỉ, tiêu đề').fill('');
  await page.getByText('Thư thử từ Nhịp Cầu').waitFor();
  expect(
    (await organizer.call(api.mailLine, { params: { conference: scene.conference } })).trouble,
  ).toBeNull();
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  expect(faults).toEqual([]);
});

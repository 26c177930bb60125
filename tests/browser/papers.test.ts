import { afterAll, beforeAll, expect, test } from 'vitest';

import { hostAt, signIn } from '../server/harness.ts';
import { type Scene, setScene } from './scene.ts';
import { expectAccessible, expectNoSidewaysScroll, openDevice, openStage, type Stage } from './stage.ts';

let stage: Stage;
let scene: Scene;
beforeAll(async () => {
  stage = await openStage();
  scene = await setScene(stage.server, 'tai-lieu');
});
afterAll(() => stage.close());

const PDF = Buffer.from('%PDF-1.7\nchương trình');
const paper = (name: string) => ({ name, mimeType: 'application/pdf', buffer: PDF });

test('an organizer adds papers, is told what is none, and takes one away; others only read them', async () => {
  const { page, faults } = await openDevice(stage, await signIn(stage.server));
  await page.goto(`/conferences/${scene.conference}/papers`);
  await page.getByRole('heading', { name: 'Chưa có tài liệu nào' }).waitFor();
  const file = page.locator('input[type=file]');
  await file.setInputFiles(paper('10. Dự thảo nghị quyết.pdf'));
  await page.getByText('Đã thêm 10. Dự thảo nghị quyết.pdf.').waitFor();
  await file.setInputFiles(paper('2. Chương trình.pdf'));
  const list = page.getByRole('list', { name: 'Tài liệu của hội nghị' });
  await expect
    .poll(() => list.getByRole('link').allTextContents())
    .toEqual(['2. Chương trình.pdf', '10. Dự thảo nghị quyết.pdf']);
  await file.setInputFiles({ name: 'gia.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') });
  await page.getByRole('alert').getByText('Nội dung tệp không đúng với tên').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  const coming = page.waitForEvent('download');
  await list.getByRole('link', { name: '2. Chương trình.pdf' }).click();
  expect((await coming).suggestedFilename()).toBe('2. Chương trình.pdf');

  await page.getByRole('button', { name: 'Gỡ 10. Dự thảo nghị quyết.pdf' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Đại biểu sẽ không mở được').waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Gỡ' }).click();
  await expect.poll(() => list.getByRole('link').count()).toBe(1);

  const host = await openDevice(stage, await signIn(stage.server, [hostAt(scene.conference, scene.commune)]));
  await host.page.goto(`/conferences/${scene.conference}/papers`);
  await host.page.getByRole('link', { name: '2. Chương trình.pdf' }).waitFor();
  expect(await host.page.getByRole('button', { name: /Gỡ/ }).count()).toBe(0);
  expect(faults.filter((fault) => !fault.includes('400'))).toEqual([]);
});

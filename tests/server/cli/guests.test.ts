import { writeFile } from 'node:fs/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

import { Guest } from '../../../domain/wire/guests.ts';
import { csv } from '../sample.ts';
import { openDesk, type Desk } from './run.ts';

const Imported = z.object({ ok: z.boolean(), imported: z.boolean(), added: z.int(), known: z.int() });
const PRESS = ['--list', 'press'] as const;

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  await desk.run('conference', 'create', '--from', 'fixtures/plans/national-clean.md');
});
afterAll(() => desk.clear());

const row = (agency: string, email: string) => ({
  'Cơ quan': agency,
  'Họ và tên': 'Lò Thị Ổn',
  Email: email,
});

test('guests import: shows what a file adds, writes it when it is confirmed, and nothing of a faulty one', async () => {
  const file = desk.file('bao-chi.csv');
  await writeFile(file, csv([row('Báo Mây Ngàn', 'on@bao.example')]));
  const looked = await desk.json(Imported, 'guests', 'import', file, ...PRESS);
  expect([looked.code, looked.value]).toMatchObject([0, { imported: false, added: 1 }]);
  await desk.json(Imported, 'guests', 'import', file, ...PRESS, '--confirm');
  await writeFile(file, csv([row('Báo Mây Ngàn', ''), row('Đài Mây Ngàn', 'sai')]));
  const faulty = await desk.run('guests', 'import', file, ...PRESS, '--confirm');
  expect([faulty.code, faulty.out]).toEqual([1, expect.stringMatching(/dòng 3, cột Email/)]);
  const { value } = await desk.json(z.array(Guest), 'guests', 'list', ...PRESS);
  expect(value.map(({ organisation }) => organisation)).toEqual(['Báo Mây Ngàn']);
});

test('guests invite: without a place to invite to, or for a list that is none, nothing is sent', async () => {
  const nowhere = await desk.run('guests', 'invite', ...PRESS);
  expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining('Chưa gửi gì')]);
  expect((await desk.run('guests', 'invite', '--list', 'ai-do')).code).toBe(2);
});

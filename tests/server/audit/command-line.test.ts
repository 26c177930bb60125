import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { api } from '../../../domain/wire/api.ts';
import { verifierConfig } from '../../../verifier.config.ts';
import { start, startProgram, type Ended } from '../cli/run.ts';
import { sample, type Sample } from '../sample.ts';

let s: Sample;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nhipcau-audit-'));
  s = await sample({ communes: 2 });
});
afterAll(async () => {
  await s.server.close();
  await rm(folder, { recursive: true, force: true });
});

const cli = (...args: string[]): Promise<Ended> => start(['--data', s.server.data, ...args]);
const file = (name: string): string => join(folder, name);
const alone = (...args: string[]): Promise<Ended> => startProgram([file('verify.mjs'), ...args]);

test('a command is entered with the operator of the machine as the one who did it', async () => {
  expect((await cli('people', 'list')).code).toBe(0);
  const listed = await cli('audit', 'list', '--kind', 'look', '--limit', '1');
  expect(listed.out).toMatch(
    /^\S+ {2}Người vận hành máy chủ \(.+\) chạy lệnh “people list”, hội nghị .*, từ máy .*\.\n$/,
  );
  // The list before it was a look of its own.
  const english = await cli('--language', 'en', 'audit', 'list', '--kind', 'look', '--limit', '1');
  expect(english.out).toMatch(
    /Whoever works at the server \(.+\) ran the command “audit list” at .*, from .*\./,
  );
  await cli('attendance', 'record', file('khong-co.ndjson'));
  const refused = await cli('audit', 'list', '--kind', 'refused', '--limit', '1');
  expect(refused.out).toMatch(/định .*“attendance record”.* Bị từ chối: dữ liệu gửi lên chưa đúng\./);
});

test('an export is verified by the command line and by the verifier that stands alone', async () => {
  await s.organizer.call(api.people, { params: { conference: s.conference }, body: { q: 'Thử' } });
  const exported = await cli('audit', 'export', '--out', file('trail.ndjson'));
  expect([exported.code, exported.err]).toEqual([0, '']);
  const verified = await cli('audit', 'verify', file('trail.ndjson'));
  expect([verified.code, verified.out]).toEqual([
    0,
    expect.stringMatching(/^Nhật ký kiểm tra đầy đủ từ mục số 1 đến mục số \d+, chốt bằng mốc ký/),
  ]);
  expect((await cli('ledger', 'verify', file('trail.ndjson'))).code).toBe(0);
  await build(verifierConfig(folder));
  const key = s.server.context().keys.ledger.publicKey;
  const held = await alone(file('trail.ndjson'), key, '--language', 'en');
  expect([held.code, held.out]).toEqual([
    0,
    expect.stringMatching(/^The audit trail is complete from entry 1 to/),
  ]);
  const text = await readFile(file('trail.ndjson'), 'utf8');
  await writeFile(file('changed.ndjson'), text.replace('\\"people\\"', '\\"plan\\"'));
  const changed = await alone(file('changed.ndjson'), key);
  expect([changed.code, changed.out]).toEqual([
    1,
    expect.stringMatching(/^Mục số \d+ của nhật ký kiểm tra .*đã bị sửa\.\n$/),
  ]);
});

test('words are erased, and trail and exports hold all the same', async () => {
  const told = { conference: s.conference };
  await s.organizer.call(api.people, { params: told, body: { q: 'Nguyễn Văn Kín' } });
  const erased = await cli('audit', 'erase', '--containing', 'Nguyễn Văn Kín', '--reason', 'theo yêu cầu');
  expect([erased.code, erased.out]).toEqual([0, 'Đã xóa phần chữ của 1 mục; nhật ký vẫn nguyên vẹn.\n']);
  const rows = await s.server.database.read('audit_text').select<{ texts: string }[]>('texts');
  expect(rows.filter(({ texts }) => texts.includes('Nguyễn Văn Kín'))).toEqual([]);
  expect((await cli('audit', 'verify')).out).toMatch(/1 mục đã xóa phần chữ; nhật ký vẫn nguyên vẹn/);
  const { items } = await s.organizer.call(api.conferenceAudit, { params: told, body: { kind: 'look' } });
  const bare = items.find(({ erased: isErased }) => isErased);
  expect(bare?.sentence).toMatch(/^Trần Thử Nghiệm xem danh sách người lúc 07:00 13\/01\/2025\.$/);
  expect((await cli('audit', 'erase', '--reason', 'thử')).code).toBe(2);
  expect((await cli('ledger', 'verify')).out).toMatch(/Nhật ký kiểm tra đầy đủ: \d+ mục\./);
});

import { readFile } from 'node:fs/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import { digestTexts, ledgerForm, textsOf } from '../../../domain/ledger/form.ts';
import { type PersonId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import { writeEveryContact } from '../../../server/devices/live.ts';
import { bytesOfUuid } from '../../../server/platform/ids.ts';
import { sha256 } from '../../../server/platform/keys.ts';
import { start } from '../cli/run.ts';
import { machineAt } from '../devices/scene.ts';
import { testMachine } from '../../machines.ts';
import { arriveAt, eventAt, sample, type Sample } from '../sample.ts';

let s: Sample;
let commune: BridgeRow;
let people: PersonId[];
beforeAll(async () => {
  s = await sample({ communes: 6 });
  commune = s.bridge('97004');
  people = (await s.seatedAt(commune.id)).map(({ person }) => person);
});
afterAll(() => s.server.close());

const at = () => ({ conference: s.conference, bridge: commune.id });
const record = async (events: AttendanceEvent[]) =>
  (
    await s.organizer.call(api.record, {
      params: at(),
      body: { session: s.session, bridge: commune.id, events },
    })
  ).items;
const cli = async (...args: string[]) => {
  const { code, out, err } = await start(['--data', s.server.data, '--json', ...args]);
  return { code, err, value: out === '' ? null : (JSON.parse(out) as unknown) };
};
const figures = () => s.organizer.call(api.figures, { params: { ...at(), session: s.session } });
const door = () =>
  s.organizer.call(api.door, {
    params: { ...at(), session: s.session },
    query: { device: testMachine('may-xem').device, limit: 1000 },
  });

const verified = () => cli('ledger', 'verify');

test('what people wrote of a person is erased, and ledger, chain and figures stay as they are', async () => {
  const [one, other] = [people[0]!, people[1]!];
  const scan = arriveAt(s, commune.id, one);
  const undo = eventAt(s, commune.id, 'void', { target: scan.id, reason: 'nhầm với người em' });
  const excuse = eventAt(s, commune.id, 'excuse', { person: one, reason: 'mổ ruột thừa' });
  const beside = eventAt(s, commune.id, 'excuse', { person: other, reason: 'đi công tác' });
  const guest = eventAt(s, commune.id, 'walk-in', { name: 'Lò Thị Khách', unit: 'Xóm 3', mode: 'in-person' });
  const first = await record([scan, undo, excuse, beside, guest]);
  const before = await figures();

  const done = await cli('texts', 'erase', '--person', one, '--reason', 'theo đơn của người đó');
  expect(done).toMatchObject({ code: 0, value: { events: 2, held: 0 } });
  const texts = JSON.stringify(await s.server.database.read('attendance_text').select('texts'));
  expect(texts).not.toMatch(/ruột thừa|người em/);
  expect(texts).toContain('đi công tác');
  expect(texts).toContain('Lò Thị Khách');
  expect(await verified()).toMatchObject({ code: 0, value: { finding: null, events: 5, erased: 2 } });

  // Whoever looks at the running server is shown nothing of it any more.
  s.clock.advance(2000);
  expect(JSON.stringify(await door())).not.toContain('ruột thừa');
  expect((await figures()).node).toEqual(before.node);
  // A replay is still the same event; another content under the id is still a conflict.
  expect(await record([excuse])).toMatchObject([{ outcome: 'recorded', receipt: first[2]!.receipt }]);
  const changed = { ...excuse, person: other } as AttendanceEvent;
  expect(await record([changed])).toMatchObject([{ outcome: 'conflict' }]);

  // A guest's id is that of the event that wrote them down.
  expect(await cli('texts', 'erase', '--person', guest.id, '--reason', 'xin rút tên')).toMatchObject({
    value: { events: 1 },
  });
  s.clock.advance(2000);
  expect((await door()).head.walkIns).toMatchObject([{ id: guest.id, name: '' }]);
  expect((await figures()).node).toEqual(before.node);
  const log = await s.server.database.read('text_erasure').orderBy('id').select('reason', 'person', 'events');
  expect(log).toEqual([
    { reason: 'theo đơn của người đó', person: one, events: 2 },
    { reason: 'xin rút tên', person: guest.id, events: 1 },
  ]);
});

test('a digest tells nothing once its salt is gone', async () => {
  const excuse = eventAt(s, commune.id, 'excuse', { person: people[2]!, reason: 'ốm' });
  await record([excuse]);
  const where = { id: bytesOfUuid(excuse.id) };
  const { form, seq } = (await s.server.database.read('attendance_event').where(where).first()) as {
    form: string;
    seq: number;
  };
  const kept = (await s.server.database.read('attendance_text').where({ seq }).first()) as { salt: string };
  // With the salt anybody can try what was written; without it even the right guess shows nothing.
  expect(ledgerForm(excuse, digestTexts(textsOf(excuse)!, kept.salt, sha256))).toBe(form);
  expect(ledgerForm(excuse, digestTexts(textsOf(excuse)!, '', sha256))).not.toBe(form);
  await cli('texts', 'erase', '--event', excuse.id, '--reason', 'thử');
  expect(await s.server.database.read('attendance_text').where({ seq }).first()).toBeUndefined();
  expect(form).not.toContain('ốm');
});

test('texts in quarantine are erased as well; what was erased undecided cannot be accepted any more', async () => {
  const machine = await machineAt(s, commune);
  await machine.hello();
  await writeEveryContact(s.server.context());
  const revoked = await cli('devices', 'revoke', machine.device, '--reason', 'mất máy');
  expect(revoked).toMatchObject({ code: 0, value: { bridges: [commune.id] } });
  s.clock.advance(2000);
  const { device } = machine;
  const own = { name: 'Giàng A Khách', unit: '', mode: 'in-person' } as const;
  const guest = eventAt(s, commune.id, 'walk-in', own, { device });
  const scan = arriveAt(s, commune.id, people[3]!, { device });
  expect((await record([guest, scan])).map(({ outcome }) => outcome)).toEqual(['quarantined', 'quarantined']);
  const listed = await cli('quarantine', 'list');
  expect(JSON.stringify(listed.value)).toContain('Giàng A Khách');

  expect(await cli('texts', 'erase', '--all', '--reason', 'hết thời hạn lưu')).toMatchObject({ code: 0 });
  expect(JSON.stringify((await cli('quarantine', 'list')).value)).not.toContain('Giàng A Khách');
  const accepted = await cli('quarantine', 'accept', '--device', device, '--reason', 'đã hỏi');
  expect(accepted).toMatchObject({ code: 1, value: { accepted: 1, left: 1 } });
  const refused = await cli('quarantine', 'refuse', guest.id, '--reason', 'không còn tên');
  expect(refused).toMatchObject({ code: 0, value: { refused: 1, left: 0 } });
  expect(await verified()).toMatchObject({ code: 0, value: { finding: null } });
  const names = z.array(z.object({ device: z.string(), state: z.string(), held: z.int() }));
  const machines = names.parse((await cli('devices', 'list')).value);
  expect(machines).toContainEqual({ device, state: 'revoked', held: 0 });
  expect(await cli('devices', 'restore', device, '--reason', 'tìm thấy')).toMatchObject({ code: 0 });
  expect(await cli('devices', 'restore', device, '--reason', 'tìm thấy')).toMatchObject({ code: 2 });
  machine.close();
});

test('the file of the database holds nothing of what was erased', async () => {
  const name = 'Vừ Thị Không Còn Ai Nhớ';
  const guest = eventAt(s, commune.id, 'walk-in', { name, unit: '', mode: 'online' });
  await record([guest]);
  await cli('texts', 'erase', '--event', guest.id, '--reason', 'thử');
  const file = await readFile(`${s.server.data}/nhipcau.sqlite`);
  expect(file.includes(Buffer.from(name))).toBe(false);
});

test('exactly one of person, event and everything is named', async () => {
  for (const what of [[], ['--all', '--event', 'x'], ['--person', 'a', '--event', 'b']]) {
    expect((await cli('texts', 'erase', '--reason', 'thử', ...what)).code).toBe(2);
  }
  expect((await cli('texts', 'erase', '--event', 'khong-co', '--reason', 'thử')).code).toBe(1);
});

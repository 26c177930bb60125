import { createPublicKey, verify } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { PersonId } from '../../../domain/ids.ts';
import { checkPass, type PassRules } from '../../../domain/passes/check.ts';
import { readPass } from '../../../domain/passes/pass.ts';
import { CivilDate } from '../../../domain/time.ts';
import { api } from '../../../domain/wire/api.ts';
import type { PassRow } from '../../../domain/wire/passes.ts';
import { start } from '../cli/run.ts';
import { testMachine } from '../../machines.ts';
import { hostAt, newId, signIn, startTestServer, testClock, unitOrganizerAt } from '../harness.ts';
import { sample, type Sample } from '../sample.ts';

let world: Sample;
beforeAll(async () => {
  world = await sample({ communes: 4 });
});
afterAll(() => world.server.close());

/** What the verification key of the installation says, as a door would ask it. */
function rules(serials: Record<string, number> = {}): PassRules {
  const x = world.server.context().keys.passes.publicKey;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return {
    conference: world.conference,
    today: CivilDate.parse('2025-01-13'),
    serialOf: (person) => serials[person] ?? 1,
    verify: async (statement, signature) => verify(null, Buffer.from(statement), key, signature),
  };
}

async function passesAt(bridge: string, limit = 1000, q?: string): Promise<PassRow[]> {
  const rows: PassRow[] = [];
  let cursor: string | undefined;
  do {
    const body = { limit, cursor, ...(q !== undefined && { q }) };
    const params = { conference: world.conference, bridge };
    const page = await world.organizer.call(api.passes, { params, body });
    rows.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return rows;
}

describe('the passes of a bridge', () => {
  test('are those of everybody seated at it and below it, in tree order, each good at a door', async () => {
    const root = world.bridges[0]!;
    const rows = await passesAt(root.id);
    expect(rows).toHaveLength(world.summary.seated);
    const order = world.bridges.map(({ id }) => id);
    const places = rows.map(({ bridge }) => order.indexOf(bridge));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(new Set(rows.map(({ code }) => code)).size).toBe(rows.length);
    for (const { code, person } of rows.slice(0, 50)) {
      expect(await checkPass(code, rules())).toEqual({ ok: true, value: person });
    }
  });

  test('come page by page, without one missing or twice', async () => {
    const commune = world.first('commune');
    const seated = await world.seatedAt(commune.id);
    const rows = await passesAt(commune.id, 7);
    expect(rows.map(({ person }) => person)).toEqual(seated.map(({ person }) => person));
    expect(rows.every(({ bridgeName }) => bridgeName === commune.name)).toBe(true);
    const whole = await passesAt(world.bridges[0]!.id);
    expect(await passesAt(world.bridges[0]!.id, 300)).toEqual(whole);
  });

  test('are found by name', async () => {
    const root = world.bridges[0]!;
    const [someone] = await passesAt(root.id, 1000);
    const found = await passesAt(root.id, 1000, someone!.name);
    expect(found.map(({ person }) => person)).toContain(someone!.person);
    expect(found.every(({ name }) => name.split(' ')[0] === someone!.name.split(' ')[0])).toBe(true);
  });

  test('are the same text however often they are issued, good for sixty days after the last session', async () => {
    const commune = world.first('commune');
    const [first] = await passesAt(commune.id);
    expect((await passesAt(commune.id))[0]).toEqual(first);
    const read = readPass(first!.code);
    expect(read.ok && read.value.pass).toEqual({
      conference: world.conference,
      person: first!.person,
      serial: 1,
      until: '2025-03-14',
    });
  });

  test('are for whoever organizes there, and for nobody else', async () => {
    const { conference } = world;
    const [one, other] = world.bridges.filter((bridge) => bridge.class === 'commune');
    const unit = await signIn(world.server, [unitOrganizerAt(conference, one!.id)]);
    const host = await signIn(world.server, [hostAt(conference, one!.id)]);
    const at = (bridge: string) => ({ params: { conference, bridge } });
    expect((await unit.call(api.passes, at(one!.id))).people).toBeGreaterThan(0);
    expect((await unit.refusal(api.passes, at(other!.id))).code).toBe('not-found');
    expect((await host.refusal(api.passes, at(one!.id))).code).toBe('forbidden');
    expect((await host.refusal(api.exportPasses, at(one!.id))).code).toBe('forbidden');
    const again = { params: { conference, bridge: one!.id, person: 'x' }, body: { reason: 'mất' } };
    expect((await host.refusal(api.reissuePass, again)).code).toBe('forbidden');
  });

  test('come as a file that Excel opens', async () => {
    const commune = world.first('commune');
    const params = { conference: world.conference, bridge: commune.id };
    const response = await world.organizer.response(api.exportPasses, { params });
    expect(response.headers.get('content-disposition')).toContain('.csv');
    const rows = parse(Buffer.from(await response.arrayBuffer()), { bom: true, columns: true });
    const shown = await passesAt(commune.id);
    expect(rows).toEqual(
      shown.map(({ person, name, position, unit, bridgeName, seatNumber, serial, code }) => ({
        'Mã người': person,
        'Họ và tên': name,
        'Chức vụ': position,
        'Đơn vị': unit ?? '',
        'Điểm cầu': bridgeName,
        'Số ghế': seatNumber ?? '',
        'Lần cấp': String(serial),
        'Mã thẻ': code,
      })),
    );
  });
});

describe('a pass that is issued again', () => {
  test('has the next serial, is good, and makes the one before it invalid for a door that knows', async () => {
    const commune = world.first('commune');
    const [, before] = await passesAt(commune.id);
    const { person } = before!;
    const params = { conference: world.conference, bridge: commune.id, person };
    const after = await world.organizer.call(api.reissuePass, { params, body: { reason: 'mất thẻ' } });
    expect(after).toEqual({ ...before, serial: 2, code: after.code });
    const door = await world.organizer.call(api.door, {
      params: { conference: world.conference, bridge: commune.id, session: world.session },
      query: { device: testMachine('may-1').device, limit: 1000 },
    });
    const serials = Object.fromEntries(door.items.map((row) => [row.person, row.serial ?? 1]));
    expect(door.passKey).toBe(world.server.context().keys.passes.publicKey);
    expect(serials[person]).toBe(2);
    expect(door.items.filter((row) => row.serial !== undefined)).toHaveLength(1);
    expect(await checkPass(after.code, rules(serials))).toEqual({ ok: true, value: person });
    expect(await checkPass(before!.code, rules(serials))).toEqual({ ok: false, reason: 'replaced', person });
    expect((await passesAt(commune.id)).find((row) => row.person === person)).toEqual(after);
  });

  test('is kept with who did it, when and why', async () => {
    const rows = await world.server.database.read('pass_reissue').select();
    expect(rows).toEqual([
      expect.objectContaining({ serial: 2, by: 'Trần Thử Nghiệm', reason: 'mất thẻ', at: world.clock() }),
    ]);
  });

  test('by two at once makes two serials', async () => {
    const commune = world.bridges.findLast((bridge) => bridge.class === 'commune')!;
    const [{ person }] = (await passesAt(commune.id)) as [PassRow];
    const params = { conference: world.conference, bridge: commune.id, person };
    const again = () => world.organizer.call(api.reissuePass, { params, body: { reason: 'rách' } });
    const serials = (await Promise.all([again(), again(), again()])).map(({ serial }) => serial);
    expect(serials.toSorted((a, b) => a - b)).toEqual([2, 3, 4]);
  });

  test('is refused for whoever is not seated below the bridge', async () => {
    const [one, other] = world.bridges.filter((bridge) => bridge.class === 'commune');
    const [{ person }] = (await passesAt(other!.id)) as [PassRow];
    for (const id of [person, PersonId.parse(newId()), 'nobody']) {
      const params = { conference: world.conference, bridge: one!.id, person: id };
      const refusal = await world.organizer.refusal(api.reissuePass, { params, body: { reason: 'mất' } });
      expect(refusal).toMatchObject({ code: 'not-found' });
    }
  });
});

test('the key is the same after a restart, and another installation has another', async () => {
  const { publicKey } = world.server.context().keys.passes;
  const again = await startTestServer({ data: world.server.data, clock: testClock() });
  const other = await startTestServer();
  try {
    expect(again.context().keys.passes.publicKey).toBe(publicKey);
    expect(other.context().keys.passes.publicKey).not.toBe(publicKey);
  } finally {
    await Promise.all([again.close(), other.close()]);
  }
});

test('the command line writes the passes of a bridge, readable for its owner alone', async () => {
  const commune = world.first('commune');
  const out = join(world.server.data, 'passes.csv');
  const line = `--data ${world.server.data} --json passes issue --bridge ${commune.id} --out ${out}`;
  const { code, out: said } = await start(line.split(' '));
  expect(code).toBe(0);
  const shown = await passesAt(commune.id);
  expect(JSON.parse(said)).toEqual({ ok: true, file: out, passes: shown.length });
  const rows: Record<string, string>[] = parse(await readFile(out), { bom: true, columns: true });
  expect(rows.map((row) => row['Mã thẻ'])).toEqual(shown.map((row) => row.code));
  await rm(out);
});

test('before there is a session nobody knows how long a pass is good, and that is said', async () => {
  const early = await sample({ communes: 1 });
  try {
    await early.server.database.write('session').delete();
    const params = { conference: early.conference, bridge: early.bridges[0]!.id };
    expect((await early.organizer.refusal(api.passes, { params })).code).toBe('wrong-state');
  } finally {
    await early.server.close();
  }
});

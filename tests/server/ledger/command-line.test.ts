import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import type { PersonId } from '../../../domain/ids.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import { verifierConfig } from '../../../verifier.config.ts';
import { start, type Ended } from '../cli/run.ts';
import { arriveAt, eventAt, sample, type Sample } from '../sample.ts';
import { closedBy, record } from './scene.ts';

let s: Sample;
let commune: BridgeRow;
let folder: string;
let receipt: { place: number; hash: string };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nhipcau-verify-'));
  s = await sample({ communes: 12 });
  commune = s.bridge('97004');
  const people = Array.from({ length: 10 }, (_, at) => arriveAt(s, commune.id, `nguoi-${at}` as PersonId));
  const answers = await record(s, commune.id, eventAt(s, commune.id, 'open', {}), ...people);
  receipt = answers[5]!.receipt!;
  await record(s, commune.id, eventAt(s, commune.id, 'close', {}));
  await closedBy(s.server.context(), s.session, commune.id);
});
afterAll(async () => {
  await s.server.close();
  await rm(folder, { recursive: true, force: true });
});

const cli = (...args: string[]): Promise<Ended> => start(['--data', s.server.data, ...args]);
const file = (name: string): string => join(folder, name);

describe('the command line, beside the running server', () => {
  test('prints the key, signs a checkpoint with its fingerprint, and lists them', async () => {
    const key = await cli('ledger', 'key');
    expect(key.out).toBe(`${s.server.context().keys.ledger.publicKey}\n`);
    await record(s, commune.id, arriveAt(s, commune.id, 'nguoi-muon' as PersonId));
    const signed = await cli('ledger', 'checkpoint');
    expect(signed.out).toMatch(/^Mốc ký \d+ lúc .*: (?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\n$/);
    const fingerprint = signed.out.trim().split(': ')[1]!;
    expect((await cli('ledger', 'checkpoints', '--limit', '5')).out).toContain(fingerprint);
    expect((await cli('ledger', 'checkpoints', '--limit', 'x')).code).toBe(2);
  });

  test('exports a bridge and everything, and verifies the files and the database', async () => {
    const one = await cli('ledger', 'export', '--bridge', commune.id, '--alone', '--out', file('one.ndjson'));
    expect([one.code, one.err]).toEqual([0, '']);
    expect((await cli('ledger', 'export', '--out', file('all.ndjson'))).code).toBe(0);
    const verified = await cli('ledger', 'verify', file('one.ndjson'));
    expect([verified.code, verified.out]).toEqual([
      0,
      expect.stringMatching(/^Đã đóng, đầy đủ: 1\d lượt của /),
    ]);
    const all = await cli('--language', 'en', 'ledger', 'verify', file('all.ndjson'));
    expect([all.code, all.out]).toEqual([
      0,
      expect.stringMatching(/^Open, complete up to checkpoint \d+ of /),
    ]);
    const database = await cli('ledger', 'verify');
    expect([database.code, database.out]).toEqual([
      0,
      expect.stringMatching(/^Đầy đủ: 1\d lượt trong 1 sổ điểm cầu/),
    ]);
  });

  test('ends with 1 for a tampered file, in a sentence, and with 2 for what it cannot use', async () => {
    const text = await readFile(file('one.ndjson'), 'utf8');
    await writeFile(file('changed.ndjson'), text.replace('nguoi-4', 'nguoi-5'));
    const changed = await cli('ledger', 'verify', file('changed.ndjson'));
    expect([changed.code, changed.out]).toEqual([
      1,
      expect.stringMatching(/^Lượt số 6 của .* đã bị sửa\.\n$/),
    ]);
    const shape = z.object({
      ok: z.literal(false),
      finding: z.object({ kind: z.string(), place: z.int() }).loose(),
    });
    const json = await cli('--json', 'ledger', 'verify', file('changed.ndjson'));
    expect(shape.parse(JSON.parse(json.out)).finding).toMatchObject({ kind: 'changed', place: 6 });
    const head = `${commune.id}:${receipt.place}:${'0'.repeat(64)}`;
    expect((await cli('ledger', 'verify', '--head', head)).code).toBe(1);
    for (const wrong of [
      ['ledger', 'verify', file('khong-co')],
      ['ledger', 'verify', '--kept', 'ABC'],
      ['ledger', 'verify', '--head', 'ABC'],
      ['ledger', 'verify', file('one.ndjson'), '--key', 'ABC'],
      ['ledger', 'export', '--under', '99999', '--out', file('x')],
    ]) {
      expect([wrong, (await cli(...wrong)).code]).toEqual([wrong, 2]);
    }
  });
});

/** The Node that runs the tests, and the machine's own where it has another. */
const NODES = [
  process.execPath,
  ...(process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((path) => !path.includes('node_modules'))
    .map((path) => join(path, 'node'))
    .filter((node) => existsSync(node) && realpathSync(node) !== realpathSync(process.execPath))
    .slice(0, 1),
];

describe('the verifier that stands alone', () => {
  let empty: string;
  let key: string;
  beforeAll(async () => {
    // Nothing but the program and the export: no project around it.
    empty = await mkdtemp(join(tmpdir(), 'nhipcau-auditor-'));
    await build(verifierConfig(empty));
    await copyFile(file('one.ndjson'), join(empty, 'so.ndjson'));
    key = s.server.context().keys.ledger.publicKey;
  });
  afterAll(() => rm(empty, { recursive: true, force: true }));

  const alone = (node: string, ...args: string[]): Promise<Ended> =>
    new Promise((resolve, reject) => {
      const child = spawn(node, ['verify.mjs', ...args], { cwd: empty, env: {} });
      let [out, err] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, out, err }));
    });

  test.each(NODES)('says in an empty folder what the command line says, under %s', async (node) => {
    const expected = await cli('ledger', 'verify', file('one.ndjson'));
    expect(await alone(node, 'so.ndjson', key)).toEqual({ code: 0, out: expected.out, err: '' });
    const english = await alone(node, 'so.ndjson', key, '--language', 'en');
    expect([english.code, english.out]).toEqual([
      0,
      expect.stringMatching(/^Closed, complete: 1\d events of /),
    ]);
  });

  test.each(NODES)(
    'takes the key, a checkpoint and receipts from files and paper, under %s',
    async (node) => {
      await writeFile(join(empty, 'khoa.txt'), `${key}\n`);
      await writeFile(join(empty, 'khoa.json'), JSON.stringify({ algorithm: 'Ed25519', key }));
      const { value } = JSON.parse(`{"value":${(await cli('--json', 'ledger', 'checkpoints')).out}}`) as {
        value: { statement: string; fingerprint: string; number: number }[];
      };
      const { statement, fingerprint, number } = value[0]!;
      await writeFile(join(empty, 'moc.txt'), statement.replaceAll('\n', '\r\n'));
      await writeFile(join(empty, 'moc.json'), JSON.stringify(value[0]));
      await writeFile(join(empty, 'moc-khac.txt'), statement.replace('events ', 'events 1'));
      const head = `${commune.id}:${receipt.place}:${receipt.hash}`;
      for (const [trusted, kept] of [
        ['khoa.txt', 'moc.txt'],
        ['khoa.json', 'moc.json'],
        [key, fingerprint.toLowerCase().replaceAll('-', '')],
      ] as const) {
        const { code, out, err } = await alone(node, 'so.ndjson', trusted, '--kept', kept, '--head', head);
        expect([code, err, out]).toEqual([0, '', expect.stringMatching(/^Đã đóng, đầy đủ/)]);
      }
      const other = await alone(node, 'so.ndjson', key, '--kept', 'moc-khac.txt');
      expect([other.code, other.out]).toEqual([
        1,
        expect.stringContaining(`Mốc ký ${number} trong tệp không phải mốc đã giữ`),
      ]);
    },
  );

  test('ends with 1 and a sentence for a file that was cut, with 2 and one for a wrong call', async () => {
    const text = await readFile(file('one.ndjson'), 'utf8');
    await writeFile(join(empty, 'cut.ndjson'), text.slice(0, text.length / 2));
    const cut = await alone(process.execPath, 'cut.ndjson', key);
    expect([cut.code, cut.out]).toEqual([1, expect.stringMatching(/^Tệp bị cắt/)]);
    const strange = await alone(process.execPath, 'so.ndjson', 'A'.repeat(43));
    expect([strange.code, strange.out]).toEqual([1, expect.stringContaining('khóa khác')]);
    for (const wrong of [
      [],
      ['so.ndjson'],
      ['so.ndjson', 'x'],
      ['khong-co', key],
      ['so.ndjson', key, '--kept', 'x'],
      ['so.ndjson', key, '--nothing'],
    ]) {
      const { code, out, err } = await alone(process.execPath, ...wrong);
      expect([code, out, err.length > 10]).toEqual([2, '', true]);
    }
    expect((await alone(process.execPath, '--help')).out).toContain('Cách dùng: node verify.mjs');
  });

  test('is one readable file that loads nothing but Node itself', async () => {
    const text = await readFile(join(empty, 'verify.mjs'), 'utf8');
    const loaded = [...text.matchAll(/(?:from|import\()\s*["']([^"']+)["']/g)].map((match) => match[1]);
    expect(loaded.every((name) => name?.startsWith('node:'))).toBe(true);
    expect(text.length).toBeLessThan(100_000);
  });
});

import { access, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { Finding } from '../../../domain/wire/conferences.ts';
import { Reading } from '../../../domain/wire/reading.ts';
import { openDesk, shell, type Desk } from './run.ts';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../fixtures/plans/${name}`, import.meta.url));

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.clear());

interface AnyLeaf {
  readonly value: unknown;
  readonly source: readonly (readonly [number, number])[];
}

/** Every leaf of a plan with the way to it: `agenda.2.minutes`. */
function* leavesOf(value: unknown, path = ''): Generator<{ path: string; leaf: AnyLeaf }> {
  if (typeof value !== 'object' || value === null) throw new Error(`${path} is no leaf`);
  if ('confidence' in value) yield { path, leaf: value as unknown as AnyLeaf };
  else for (const [key, each] of Object.entries(value)) yield* leavesOf(each, `${path}.${key}`);
}

const bare = (text: string): string => text.replaceAll(/[\s*_#]+/gu, '').replaceAll(/[.,;:]+$/gu, '');

describe.each(['national-clean.md', 'national-scanned.txt', 'national.docx'])('plan read %s', (name) => {
  test('prints one value, with every field in its place and the passage that it came from', async () => {
    const { code, value } = await desk.json(Reading.strict(), 'plan', 'read', fixture(name));
    expect(code).toBe(0);
    const { text, plan, leftovers } = value;
    expect(text).toBe(text.normalize('NFC'));

    const leaves = [...leavesOf(plan)];
    expect(leaves.length).toBeGreaterThan(150);
    const odd = leaves.filter(({ leaf }) => Object.keys(leaf).join() !== 'value,source,confidence');
    expect(odd).toEqual([]);
    // What has no value has no passage; a value without one would be invented.
    const invented = leaves.filter(({ leaf }) => leaf.source.length > 0 !== (leaf.value !== null));
    expect(invented).toEqual([]);
    const outside = leaves.filter(({ leaf }) =>
      leaf.source.some(([from, to]) => from < 0 || to <= from || to > text.length),
    );
    expect(outside).toEqual([]);
    for (const { source, text: words } of leftovers) expect(text.slice(...source)).toBe(words);

    const slices = (leaf: { source: readonly (readonly [number, number])[] }): string =>
      bare(leaf.source.map(([from, to]) => text.slice(from, to)).join(' '));
    const words = [
      plan.number,
      plan.title,
      plan.venue,
      ...plan.clauses.flatMap((clause) => [clause.text, ...clause.exclusions]),
      ...plan.agenda.flatMap((item) => [item.title, item.presenter]),
      ...plan.duties.flatMap((duty) => [duty.owner, duty.addressee, duty.via, duty.deadline.phrase]),
      ...plan.recipients.flatMap((recipient) => [recipient.name, recipient.purpose]),
    ].filter((leaf) => leaf.value !== null);
    expect(words.map(slices)).toEqual(words.map((leaf) => bare(leaf.value ?? '')));

    expect(plan.startsAt.value).toBe('2025-01-13T08:00:00+07:00');
    expect(plan.endsAt.value).toBe('2025-01-13T11:30:00+07:00');
    expect(plan.agenda.map(({ minutes, limit }) => [minutes.value, limit.value])).toEqual([
      [null, null],
      [null, null],
      [20, 'max'],
      [30, 'max'],
      [30, 'about'],
      [30, 'about'],
      [null, null],
      [null, null],
    ]);
  });
});

describe('plan read', () => {
  test('says the same for people in lines, in both languages', async () => {
    const vietnamese = await desk.run('plan', 'read', fixture('national-clean.md'));
    expect(vietnamese.code).toBe(0);
    expect(vietnamese.out).toContain('25-KH/TW');
    expect(vietnamese.out).toContain('Thành phần (21)');
    const english = await desk.run('--language', 'en', 'plan', 'read', fixture('national-clean.md'));
    expect(english.out).toContain('Composition (21)');
    expect(english.out).not.toContain('Cơ quan ban hành');
  });

  test('keeps nothing: no data folder is made', async () => {
    await desk.run('plan', 'read', fixture('national-clean.md'));
    await expect(access(desk.data)).rejects.toThrow('ENOENT');
  });

  test('reads decomposed text and counts in the text that it prints', async () => {
    await writeFile(desk.file('nfd.txt'), 'Thời gian: 8 giờ, thứ Hai, ngày 13/01/2025.\n'.normalize('NFD'));
    const { value } = await desk.json(Reading, 'plan', 'read', desk.file('nfd.txt'));
    const [[from, to] = [0, 0]] = value.plan.startsAt.source;
    expect(value.text).toContain('Thời gian');
    expect(value.text.slice(from, to)).toContain('8 giờ');
  });

  test('ends quietly when whoever reads stops reading', async () => {
    const { code, err } = await shell('set -o pipefail; "$@" | head -c 10', [
      'plan',
      'read',
      fixture('national-clean.md'),
      '--json',
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test.each([
    ['that is not there', 'gone.md', null],
    ['that is empty', 'empty.txt', new Uint8Array()],
    [
      'that is a picture',
      'scan.docx',
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 1]),
    ],
    ['of a broken archive', 'broken.docx', new TextEncoder().encode('PK\u0003\u0004 and nothing more')],
    ['in another code than Unicode', 'old.txt', Uint8Array.from([0x4b, 0xff, 0xfe, 0x80, 0x81, 0xc0])],
  ])(
    'refuses a file %s in a sentence, with exit code 2 and nothing on standard output',
    async (_, name, bytes) => {
      if (bytes !== null) await writeFile(desk.file(name), bytes);
      const { code, out, err } = await desk.run('--json', 'plan', 'read', desk.file(name));
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/^\p{Lu}.*\.\n$/u);
      expect(err).not.toMatch(/Error|node:| at /);
    },
  );
});

const Checked = z.strictObject({ ok: z.boolean(), findings: z.array(Finding) });

describe('plan check', () => {
  test('finds nothing in a plan that holds together', async () => {
    const { code, value } = await desk.json(Checked, 'plan', 'check', fixture('national-clean.md'));
    expect({ code, ok: value.ok }).toEqual({ code: 0, ok: true });
  });

  test('finds the weekday that is none of that date, and ends with exit code 1', async () => {
    await writeFile(
      desk.file('tuesday.md'),
      `KẾ HOẠCH
Mở Hội nghị quán triệt

1. Thời gian: 8 giờ, thứ Ba, ngày 13/01/2025.

2. Địa điểm: Hội trường Trung tâm.
`,
    );
    const { code, value } = await desk.json(Checked, 'plan', 'check', desk.file('tuesday.md'));
    expect({ code, ok: value.ok }).toEqual({ code: 1, ok: false });
    const errors = value.findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ message }) => message).join('\n')).toMatch(/thứ Hai/i);
    const people = await desk.run('plan', 'check', desk.file('tuesday.md'));
    expect(people.code).toBe(1);
    expect(people.out).toContain('✗');
  });
});

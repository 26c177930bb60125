import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openDesk, start, type Desk } from './run.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.clear());

describe('a call that cannot be read', () => {
  test.each([
    ['an unknown command', ['fly']],
    ['an unknown command of a group', ['plan', 'fly']],
    ['a group without a command', ['plan']],
    ['an unknown option', ['conference', 'list', '--fly']],
    ['a missing argument', ['plan', 'read']],
    ['a missing option', ['conference', 'create']],
    ['an option without its value', ['conference', 'create', '--from']],
    ['an argument too many', ['conference', 'list', 'one']],
    ['a language that is none of the two', ['--language', 'fr', 'conference', 'list']],
    ['a date that is none', ['conference', 'create', '--from', 'x.md', '--tree-date', '13/01/2025']],
    ['a file that is not there', ['units', 'import', 'gone.csv']],
    ['a conference that there is not', ['conference', 'issue', '--conference', 'nobody']],
    ['an id longer than any', ['conference', 'issue', '--conference', 'x'.repeat(5000)]],
    ['an empty id', ['bridges', 'list', '--conference', '']],
    ['work on a conference before there is one', ['place']],
    ['a format that is none', ['attendance', 'export', '--out', 'x', '--format', 'pdf']],
  ])('%s ends with exit code 2, a sentence, and nothing on standard output', async (_, args) => {
    const { code, out, err } = await desk.run('--json', ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toBe('');
    expect(err).not.toMatch(/^error:|\n {4}at |ZodError|undefined/m);
  });

  test('is explained in the language that was asked for', async () => {
    expect((await desk.run('plan', 'raed')).err).toBe(
      "Không có lệnh 'raed'.\n(Có phải là read?)\nThêm --help để xem hướng dẫn.\n",
    );
    expect((await desk.run('--language', 'en', 'plan', 'raed')).err).toBe(
      "unknown command 'raed'\n(Did you mean read?)\nAdd --help to see how it is used.\n",
    );
    expect((await desk.run('plan', 'read')).err).toContain("Thiếu đối số 'file'.");
    expect((await desk.run('conference', 'list', '--fly')).err).toContain("Không có tùy chọn '--fly'.");
  });
});

describe('the help', () => {
  test('of every command is there, in Vietnamese without English and in English without Vietnamese', async () => {
    const groups = [
      'plan',
      'units',
      'conference',
      'bridges',
      'people',
      'account',
      'sessions',
      'reports',
      'passes',
    ];
    for (const args of [[], ...groups.map((group) => [group]), ['place'], ['placements'], ['attendance']]) {
      const [vietnamese, english] = await Promise.all([
        desk.run(...args, '--help'),
        desk.run('--language', 'en', ...args, '--help'),
      ]);
      expect(vietnamese.code).toBe(0);
      expect(vietnamese.out).not.toMatch(/Usage|Options|Commands:|display|default/);
      expect(english.code).toBe(0);
      expect(english.out).not.toMatch(/[ạảãàáâậầấẩẫăắằặẳẵđêếềệểễôốồộổỗơớờợởỡưứừựửữ]/);
    }
  });
});

describe('a data folder that cannot be used', () => {
  test('is told in a sentence', async () => {
    await writeFile(desk.file('a-file'), '');
    await mkdir(desk.file('odd'));
    await writeFile(
      join(desk.file('odd'), 'nhipcau.sqlite'),
      'this is no database, and long enough to be none',
    );
    for (const data of [desk.file('a-file'), desk.file('odd')]) {
      const { code, out, err } = await start(['--data', data, 'conference', 'list']);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/^\p{Lu}[^\n]*--data[^\n]*\.\n$/u);
    }
  });

  test('comes from the environment where no option names it', async () => {
    const { code, out } = await start(['conference', 'list', '--json'], { DATA: desk.data });
    expect({ code, out }).toEqual({ code: 0, out: '[]\n' });
  });
});

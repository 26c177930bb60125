import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { viDoor } from '../../client/src/app/language/viDoor.ts';
import { viFirst } from '../../client/src/app/language/viFirst.ts';

const CLIENT = 'client/src';
const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^']+\.tsx?)'/g;
/** `t('door.title')`, also with a name put in: the room is what stands before the first dot. */
const SAID = /\bt\(\s*[^)]{0,80}?['`](\w+)\./g;

/** The rooms of words that some pages speak of, with everything that they import now or later. */
async function roomsOf(pages: readonly string[]): Promise<Map<string, string>> {
  const rooms = new Map<string, string>();
  const seen = new Set<string>();
  const read = async (path: string): Promise<void> => {
    if (seen.has(path) || !path.startsWith(CLIENT) || path.includes('/language')) return;
    seen.add(path);
    const text = await readFile(path, 'utf8');
    for (const [, room = ''] of text.matchAll(SAID)) rooms.set(room, path);
    for (const [, from = ''] of text.matchAll(IMPORT)) await read(join(path, '..', from));
  };
  for (const page of pages) await read(join(CLIENT, page));
  return rooms;
}

const FIRST = [
  'app/shell.tsx',
  ...['SignIn', 'More', 'Return', 'SetUp', 'Activate'].map((one) => `signin/${one}Page.tsx`),
];
const DOOR = [
  'door/DoorPage.tsx',
  'door/OfflineStart.tsx',
  'activation/CodePage.tsx',
  'devices/PairPage.tsx',
];

test('what the first screens say comes with them, not with the pages of the office', async () => {
  const rooms = await roomsOf(FIRST.filter((page) => page !== 'app/shell.tsx'));
  expect(rooms.size).toBeGreaterThan(3);
  expect([...rooms].filter(([room]) => !(room in viFirst))).toEqual([]);
});

test("what a host's pages say comes with them", async () => {
  const rooms = await roomsOf([...FIRST, ...DOOR]);
  expect(rooms.size).toBeGreaterThan(15);
  expect([...rooms].filter(([room]) => !(room in viFirst) && !(room in viDoor))).toEqual([]);
});

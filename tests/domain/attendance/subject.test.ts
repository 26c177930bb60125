import { expect, test } from 'vitest';

import { openBook } from '../../../domain/attendance/book.ts';
import { aBridge, anEvent, eventId, expects, recorded, treeOf } from './factory.ts';

const undo = (id: string, target: string) =>
  anEvent(id, 'void', 'a', '09:30', { target, reason: 'nhầm người' });

test('an undo speaks of whom the event does that it undoes, through undos of undos, once that has come in', () => {
  const book = openBook(treeOf([aBridge('a', null)]), expects('a', ['an']));
  const subject = (id: string) => book.subject(eventId(id));
  for (const event of [undo('v2', 'v1'), undo('v1', 'e1')]) book.add(recorded(event));
  expect([subject('v2'), subject('v1'), subject('e1')]).toEqual([null, null, null]);
  book.add(recorded(anEvent('e1', 'arrive', 'a', '07:40', { person: 'an', mode: 'in-person' })));
  expect([subject('v2'), subject('v1'), subject('e1')]).toEqual(['an', 'an', 'an']);
});

test('what speaks of nobody has no subject: a close, its undo, undos in a ring', () => {
  const book = openBook(treeOf([aBridge('a', null)]), []);
  const events = [
    anEvent('c', 'close', 'a', '11:35', {}),
    undo('v', 'c'),
    undo('r1', 'r2'),
    undo('r2', 'r1'),
  ];
  for (const event of events) book.add(recorded(event));
  expect(['c', 'v', 'r1', 'r2', 'never'].map((id) => book.subject(eventId(id)))).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
});

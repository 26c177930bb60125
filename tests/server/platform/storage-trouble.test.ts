import { EventEmitter } from 'node:events';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { Sentence } from '../../../domain/text/language.ts';
import {
  TOLD_AT_CONSOLE,
  tellOfTrouble,
  TROUBLE_OVER,
  type StorageTrouble,
} from '../../../server/platform/storage-trouble.ts';

/** Connections as far as they are listened to. */
let [write, read] = [new EventEmitter(), new EventEmitter()];
let told: Sentence[] = [];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'], now: 0 });
  vi.advanceTimersByTime(60_000);
  [write, read] = [new EventEmitter(), new EventEmitter()];
  told = [];
  tellOfTrouble({ write, read }, (sentence) => void told.push(sentence));
});
afterEach(() => vi.useRealTimers());

const fails = (on: EventEmitter, code = 'SQLITE_FULL') =>
  on.emit('query-error', Object.assign(new Error(code), { code }));
const works = (on: EventEmitter, sql = 'insert into x values (1)') => on.emit('query-response', [], { sql });
const trouble = (kind: StorageTrouble): Sentence => TOLD_AT_CONSOLE[kind];

test('a full disk is told once, though writing and reading fail of it again and again', () => {
  for (let times = 0; times < 3; times++) for (const on of [write, read]) fails(on);
  expect(told).toEqual([trouble('full')]);
});

test('it is over when a write has worked and nothing has failed for a while', () => {
  fails(write);
  works(write);
  expect(told).toEqual([trouble('full')]);
  vi.advanceTimersByTime(2000);
  works(write, 'select 1');
  expect(told).toEqual([trouble('full')]);
  works(write);
  works(write);
  expect(told).toEqual([trouble('full'), TROUBLE_OVER]);
});

test('what only reading ran into is over when writing works, as whoever reads never writes', () => {
  fails(read, 'SQLITE_IOERR');
  vi.advanceTimersByTime(2000);
  works(write, 'commit');
  expect(told).toEqual([trouble('failing'), TROUBLE_OVER]);
});

test('a disk that fills up again before that is the same trouble; one that does so later is told anew', () => {
  fails(write);
  vi.advanceTimersByTime(1500);
  works(write);
  fails(write);
  vi.advanceTimersByTime(1500);
  works(write);
  expect(told).toEqual([trouble('full')]);
  vi.advanceTimersByTime(500);
  works(write);
  fails(write);
  expect(told).toEqual([trouble('full'), TROUBLE_OVER, trouble('full')]);
});

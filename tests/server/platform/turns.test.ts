import type { Socket } from 'socket.io';
import { expect, test } from 'vitest';

import { MOST_BYTES_WAITING, MOST_IN_A_TURN, readInTurns } from '../../../server/platform/turns.ts';

interface Packet {
  readonly type: string;
  readonly data?: string;
}

/** A line of which what is taken goes into a list. */
function line(taken: unknown[]): (packet: Packet) => void {
  const transport = { onPacket: (packet: Packet) => void taken.push(packet.data ?? packet.type) };
  readInTurns({ conn: { transport } } as unknown as Pick<Socket, 'conn'>);
  return (packet) => transport.onPacket(packet);
}

const message = (data: string): Packet => ({ type: 'message', data });
const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test('what fits into a turn is taken at once', async () => {
  const taken: unknown[] = [];
  const arrive = line(taken);
  arrive(message('a'));
  expect(taken).toEqual(['a']);
  await nextTurn();
});

test('of thousands at once each turn takes a part, all of them in the order in which they came', async () => {
  const taken: unknown[] = [];
  const lines = [line(taken), line(taken)] as const;
  const all = Array.from({ length: 3 * MOST_IN_A_TURN }, (_, at) => String(at));
  for (const [at, data] of all.entries()) lines[at % 2]!(message(data));
  const seen: number[] = [taken.length];
  while (taken.length < all.length && seen.length < 10) {
    await nextTurn();
    seen.push(taken.length);
  }
  expect(taken).toEqual(all);
  expect(seen).toEqual([MOST_IN_A_TURN, 2 * MOST_IN_A_TURN, 3 * MOST_IN_A_TURN]);
  await nextTurn();
});

test('a sign of life waits for nobody', async () => {
  const taken: unknown[] = [];
  const arrive = line(taken);
  for (let at = 0; at <= MOST_IN_A_TURN; at++) arrive(message('m'));
  arrive({ type: 'pong' });
  expect(taken.at(-1)).toBe('pong');
  expect(taken).toHaveLength(MOST_IN_A_TURN + 1);
  await nextTurn();
  expect(taken).toHaveLength(MOST_IN_A_TURN + 2);
  await nextTurn();
});

test('what waits does not grow without end: a flood is read, so that it is found out', async () => {
  const taken: unknown[] = [];
  const arrive = line(taken);
  const large = 'x'.repeat(1024 * 1024);
  const fit = MOST_BYTES_WAITING / large.length;
  for (let at = 0; at < MOST_IN_A_TURN + fit; at++) arrive(message(large));
  expect(taken).toHaveLength(MOST_IN_A_TURN);
  arrive(message(large));
  expect(taken).toHaveLength(MOST_IN_A_TURN + fit + 1);
  await nextTurn();
  await nextTurn();
});

import { expect, test } from 'vitest';

import { createLog, describeError } from '../../../server/platform/log.ts';

const NAME = 'Nguyễn Thị Ánh';

test.each<[string, () => unknown, unknown]>([
  [
    'a statement with its values',
    () => new Error(`insert into person values ('${NAME}') - SQLITE_BUSY: database is locked`),
    'SQLITE_BUSY: database is locked',
  ],
  ['a JSON text that is cut off', () => thrownBy(() => JSON.parse(`{"name":"${NAME}`)), expect.any(String)],
  [
    'a value where none should be',
    () => new Error(`unexpected ${JSON.stringify({ name: NAME })}`),
    'unexpected …',
  ],
  ['a name in a sentence', () => new Error(`nobody is called ${NAME} here`), 'nobody is called … here'],
  ['a quotation that never ends', () => new Error(`cannot read "Tran Van An, Bi thu`), 'cannot read …'],
  [
    'something of the machine',
    () => Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:3000'), { code: 'ECONNREFUSED' }),
    'connect ECONNREFUSED 127.0.0.1:3000',
  ],
])('the log has no data of an error: %s', (_, make, message) => {
  const described = describeError(make());
  expect(JSON.stringify(described)).not.toMatch(/Nguyễn|Thị|Ánh|Tran Van/);
  expect(described.message).toEqual(message);
  expect(described.stack).toMatch(/log\.test\.ts/);
});

test('an error behind an error is described in the same way, and fields of its own are left out', () => {
  const error = Object.assign(new Error('failed', { cause: new Error(`'${NAME}' is no id`) }), {
    bindings: [NAME],
  });
  const lines: string[] = [];
  createLog('error', { write: (line) => void lines.push(line) }).error({ err: error }, 'message failed');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    err: { type: 'Error', message: 'failed', cause: { message: '… is no id' } },
    msg: 'message failed',
  });
  expect(lines.join('')).not.toContain('Nguyễn');
});

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

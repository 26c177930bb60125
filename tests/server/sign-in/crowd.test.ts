import { argon2Sync } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { api } from '../../../domain/wire/api.ts';
import { Problem } from '../../../domain/wire/problem.ts';
import { passwordFits, passwordsInWork } from '../../../server/sign-in/passwords.ts';
import { client, signIn, startTestServer, type TestServer } from '../harness.ts';

const password = 'hoa đào nở sớm';
const salt = Buffer.alloc(16, 5);

/** As it is kept at other costs: quick ones fill the queue, slow ones hold it up. */
function keptAt(memory: number, passes: number): string {
  const cost = { memory, passes, parallelism: 1 };
  const key = argon2Sync('argon2id', { ...cost, tagLength: 32, message: password, nonce: salt });
  return `argon2id:${memory},${passes},1$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const host = await signIn(server, []);
  const known = { username: 'co-that', password_hash: keptAt(8192, 1) };
  await server.database.write('account').where({ id: host.account }).update(known);
});
afterAll(() => server.close());

const come = (username: string, word = password): Promise<Response> =>
  client(server).response(api.signIn, { body: { username, password: word } });

test('beyond a crowd that can wait whoever signs in is told when to come again, known or not; then all is as before', async () => {
  const slow = keptAt(65_536, 12);
  const quick = keptAt(8, 1);
  const held = [1, 2].map(() => passwordFits(slow, password));
  const crowd = Array.from({ length: 500 }, () => passwordFits(quick, password));
  expect(passwordsInWork()).toBe(502);
  // Both in the same words, and before anything is looked at that differs between them.
  const refused = await Promise.all([come('co-that'), come('khong-co'), come('co-that', 'sai')]);
  const said = await Promise.all(
    refused.map(async (answer) => {
      expect(answer.status).toBe(429);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      const { detail, code } = Problem.parse(await answer.json());
      return [code, detail.replace(/\d+/, 'n')];
    }),
  );
  const words = 'Có quá nhiều người đăng nhập cùng lúc. Hãy đợi n giây rồi làm lại; chưa có gì thay đổi.';
  expect(said).toEqual(Array.from({ length: 3 }, () => ['too-many-requests', words]));
  const answers = await Promise.all([...held, ...crowd]);
  expect(answers.every((answer) => answer.ok && answer.value)).toBe(true);
  expect(passwordsInWork()).toBe(0);
  // Nor were those tries counted as wrong ones.
  for (let n = 0; n < 5; n++) expect((await come('co-that', 'sai')).status).toBe(401);
  expect((await come('khong-co')).status).toBe(401);
}, 30_000);

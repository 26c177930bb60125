import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { ConferenceId } from '../../../domain/ids.ts';
import { queueLetters } from '../../../server/mail/commands.ts';
import { lettersWait } from '../../../server/mail/live.ts';
import { readLetter } from '../../../server/mail/store.ts';
import { transaction } from '../../../server/platform/database.ts';
import { BARE_ENVIRONMENT } from '../../environment.ts';
import { startTestServer, type TestServer } from '../harness.ts';
import { addConference } from '../rows.ts';
import { bounceOf, settingsFor, startPost, type Post } from './post.ts';

let data: string;
let post: Post;
let server: TestServer;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'nhipcau-mail-'));
  post = await startPost({
    onAuth: ({ password }, _session, done) =>
      password === 'mật khẩu' ? done(null, { user: 'ten' }) : done(new Error(`no ${password}`)),
    allowInsecureAuth: true,
  });
  server = await startTestServer({ data, mail: settingsFor(post.port) });
});
afterAll(async () => {
  await server.close();
  await post.close();
  await rm(data, { recursive: true, force: true });
});

async function mail(args: readonly string[], { input = '', environment = {} } = {}) {
  const child = spawn(process.execPath, ['server/cli.ts', '--data', data, 'mail', ...args], {
    env: { ...BARE_ENVIRONMENT, ...environment },
  });
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => void child.once('close', resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, out, err };
}

test('a bounce that is piped in beside a running server marks its letter, and the status counts it', async () => {
  const conference = ConferenceId.parse(server.context().newId());
  await addConference(server.database.write, conference);
  const { letters } = await transaction(server.database, (db) =>
    queueLetters(db, server.context(), [
      {
        conference,
        language: 'vi',
        isAutomatic: true,
        subject: 'Giấy mời',
        text: 'Kính gửi',
        about: { kind: 'thu', id: 'x' },
        to: { name: 'Lò Thị Ổn', address: 'on@don-vi.example' },
      },
    ]),
  );
  lettersWait(server.database);
  const [id] = letters;
  const messageId = await vi.waitFor(async () => {
    const letter = await readLetter(server.database.read, id!);
    if (letter?.state !== 'sent') throw new Error(letter?.state);
    return letter.messageId;
  });
  const received = await mail(['receive'], { input: bounceOf({ messageId }) });
  expect(received).toMatchObject({ code: 0, out: 'Thư đã gửi bị trả lại.\n' });
  const status = await mail(['status']);
  expect(status.out).toMatch(/Gửi qua 127\.0\.0\.1, nhiều nhất 60\.000 thư mỗi phút/);
  expect(status.out).toMatch(/bị trả lại +1/);
  const list = await mail(['list', '--search', 'lo thi on', '--state', 'bounced']);
  expect(list.out).toMatch(/bị trả lại +on@don-vi\.example +Giấy mời +5\.1\.1/);
});

test('a test letter goes at once, and of a wrong password nothing is repeated', async () => {
  const environment = { MAIL_FROM: 'hoinghi@tinh.example' };
  const at = (password: string) => `smtp://ten:${encodeURIComponent(password)}@127.0.0.1:${post.port}`;
  const to = ['test', '--to', 'toi@tinh.example'];
  const before = post.got.length;
  const sent = await mail(to, { environment: { ...environment, MAIL_URL: at('mật khẩu') } });
  expect(sent).toMatchObject({ code: 0, out: expect.stringMatching(/^Máy chủ thư đã nhận: 250/) });
  expect(post.got).toHaveLength(before + 1);
  const wrong = await mail(to, { environment: { ...environment, MAIL_URL: at('sai-bét') } });
  expect(wrong).toMatchObject({ code: 1, out: expect.stringContaining('không nhận tên hoặc mật khẩu') });
  expect(wrong.out + wrong.err).not.toMatch(/sai-bét|b%C3%A9t/);
  expect((await mail(to)).code).toBe(2);
});

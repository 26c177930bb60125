import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import { queueLetters, withdrawWaiting, type LetterToQueue } from '../../../server/mail/commands.ts';
import { lettersWait } from '../../../server/mail/live.ts';
import { readLine } from '../../../server/mail/line-store.ts';
import { changeState, readLetter, readSteps, type WholeLetter } from '../../../server/mail/store.ts';
import type { LetterId } from '../../../domain/mail/letter.ts';
import { ConferenceId } from '../../../domain/ids.ts';
import { transaction } from '../../../server/platform/database.ts';
import type { MailSettings } from '../../../server/platform/mail-server.ts';
import { startTestServer, testClock, type TestClock, type TestServer } from '../harness.ts';
import { addConference } from '../rows.ts';
import { settingsFor, startPost, TEST_MODE, type Post } from './post.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

async function post(...given: Parameters<typeof startPost>): Promise<Post> {
  const started = await startPost(...given);
  open.push(started);
  return started;
}

const usual = (conference: ConferenceId): LetterToQueue => ({
  conference,
  language: 'vi',
  isAutomatic: true,
  text: 'Kính gửi đơn vị,\n',
  subject: 'Giấy mời',
  about: { kind: 'thu', id: 'moi' },
  to: { name: 'Lò Thị Ổn', address: 'on@don-vi.example' },
});

interface Office {
  readonly server: TestServer;
  readonly clock: TestClock;
  readonly conference: ConferenceId;
  readonly queue: (...letters: Partial<LetterToQueue>[]) => Promise<LetterId[]>;
  readonly letter: (id: LetterId | undefined) => Promise<WholeLetter>;
  /** Waits until a letter is in a state. */
  readonly comesTo: (id: LetterId | undefined, state: WholeLetter['state']) => Promise<WholeLetter>;
  readonly look: () => void;
}

async function office(mail: MailSettings | null, clock = testClock(), data?: string): Promise<Office> {
  const server = await startTestServer({ mail, clock, ...(data !== undefined && { data }) });
  open.push(server);
  const context = server.context();
  const conference = ConferenceId.parse(context.newId());
  await addConference(server.database.write, conference);
  const letter: Office['letter'] = async (id) => {
    const found = id === undefined ? null : await readLetter(server.database.read, id);
    if (found === null) throw new Error('no such letter');
    return found;
  };
  const look = (): void => lettersWait(server.database);
  return {
    server,
    clock,
    conference,
    letter,
    look,
    async queue(...letters) {
      const queued = await transaction(server.database, (db) =>
        queueLetters(
          db,
          context,
          (letters.length === 0 ? [{}] : letters).map((one) => ({
            ...usual(conference),
            about: { kind: 'thu', id: context.newId() },
            ...one,
          })),
        ),
      );
      look();
      return [...queued.letters];
    },
    comesTo: (id, state) =>
      vi.waitFor(
        async () => {
          const now = await letter(id);
          if (now.state !== state) throw new Error(`${now.state}: ${now.said}`);
          return now;
        },
        { timeout: 5000, interval: 20 },
      ),
  };
}

const MINUTE = 60_000;

describe('a letter', () => {
  let sharedPost: Post;
  beforeAll(async () => {
    sharedPost = await startPost();
    return () => sharedPost.close();
  });

  test('arrives with its text, its page and its calendar, and the method of the calendar in its kind', async () => {
    const { queue, comesTo } = await office(settingsFor(sharedPost.port));
    const calendar = {
      method: 'REQUEST',
      content: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n',
    } as const;
    const subject = 'Giấy mời dự Hội nghị trực tuyến toàn quốc tổng kết công tác năm và triển khai nhiệm vụ';
    const [id] = await queue({ subject, html: '<p>Kính gửi</p>', calendar, text: 'Kính gửi\n' });
    const sent = await comesTo(id, 'sent');
    expect(sent).toMatchObject({ tries: 1, said: expect.stringMatching(/^250/) });
    const mail = await sharedPost.parsed();
    expect(mail).toMatchObject({
      subject,
      messageId: sent.messageId,
      from: { name: 'Ban tổ chức Hội nghị', address: 'hoinghi@tinh.example' },
      to: [{ name: 'Lò Thị Ổn', address: 'on@don-vi.example' }],
      date: new Date(sent.queuedAt).toISOString(),
    });
    expect(mail.text?.trim()).toBe('Kính gửi');
    expect(mail.html?.trim()).toBe('<p>Kính gửi</p>');
    const parts = mail.attachments.filter(({ mimeType }) => mimeType === 'text/calendar');
    expect(parts[0]?.method).toBe('REQUEST');
    const headers = new Map(mail.headers.map(({ key, value }) => [key, value]));
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect([...headers.keys()].filter((key) => key.startsWith('list-'))).toEqual([]);
    const long = sharedPost.got
      .at(-1)
      ?.raw.split('\r\n')
      .filter((line) => Buffer.byteLength(line) > 78);
    expect(long).toEqual([]);
  });

  test.each([
    ['name', { to: { name: 'An\r\nBcc: ke-gian@xa.example\r\n\r\n<b>', address: 'on@don-vi.example' } }],
    ['subject', { subject: 'Mời họp\nBcc: ke-gian@xa.example\r\nX-Own: 1\u0000\u2028\r\n\r\nThân khác' }],
    ['text', { text: 'Kính gửi\r\n.\r\nMAIL FROM:<ke-gian@xa.example>\r\nBcc: x\n' }],
    [
      'name that turns',
      { to: { name: 'Nguyễn \u202Egnốr <x@y.example>, b@c.example', address: 'on@don-vi.example' } },
    ],
  ])('with a hostile %s has the headers that it should have and no other', async (_what, own) => {
    const { queue, comesTo } = await office(settingsFor(sharedPost.port));
    const before = sharedPost.got.length;
    const [id] = await queue(own);
    await comesTo(id, 'sent');
    expect(sharedPost.got.length).toBe(before + 1);
    const mail = await sharedPost.parsed();
    expect(new Set(mail.headers.map(({ key }) => key))).toEqual(
      new Set([
        'from',
        'to',
        'subject',
        'message-id',
        'date',
        'mime-version',
        'content-type',
        'content-transfer-encoding',
        'content-language',
        'auto-submitted',
        'x-auto-response-suppress',
      ]),
    );
    expect(mail.headers.length).toBe(11);
    expect(mail.to).toHaveLength(1);
    expect(mail.to?.[0]?.address).toBe('on@don-vi.example');
    expect(sharedPost.got.at(-1)?.to).toBe('on@don-vi.example');
    expect(JSON.stringify([mail.to, mail.subject])).not.toMatch(/\\[rnu]|[\u2028\u202E]/);
  });

  test('to an address that can be none is refused and named, and the others go', async () => {
    const { server, conference } = await office(null);
    const letter = (address: string): LetterToQueue => ({
      ...usual(conference),
      to: { name: null, address },
    });
    const bad = [
      '',
      'ai@',
      'ai@tinh',
      'a b@tinh.vn',
      'ổn@tinh.vn',
      'on@tinh.vn\r\nBcc: x@y.vn',
      'a@b.vn,c@d.vn',
    ];
    const { letters, refused } = await transaction(server.database, (db) =>
      queueLetters(db, server.context(), [...bad, ' On@TINH.gov.vn '].map(letter)),
    );
    expect(letters).toHaveLength(1);
    expect(refused.map(({ address }) => address)).toEqual(bad);
    const queued = letters[0] === undefined ? null : await readLetter(server.database.read, letters[0]);
    expect(queued?.to.address).toBe('On@tinh.gov.vn');
  });

  test('that was withdrawn is not sent, and one that was queued in a transaction that fails is not there', async () => {
    const { server, conference, queue, letter, look, clock } = await office({
      ...settingsFor(sharedPost.port),
      perMinute: 1,
    });
    const before = sharedPost.got.length;
    const [, second] = await queue({}, {});
    await vi.waitFor(() => expect(sharedPost.got.length).toBe(before + 1));
    const at = clock();
    const own = { id: second!, conference };
    await changeState(server.database.write, own, ['waiting'], 'withdrawn', { step: 'withdrawn', at });
    await expect(
      transaction(server.database, async (db) => {
        await queueLetters(db, server.context(), [{ ...usual(conference), subject: 'Không bao giờ' }]);
        throw new Error('not after all');
      }),
    ).rejects.toThrow('not after all');
    clock.advance(2 * MINUTE);
    look();
    const [last] = await queue({ subject: 'Thư sau' });
    clock.advance(2 * MINUTE);
    look();
    await vi.waitFor(async () => expect((await letter(last)).state).toBe('sent'));
    expect(sharedPost.got.length).toBe(before + 2);
  });

  test('goes by the pace that is set, by the clock', async () => {
    const { queue, clock, look } = await office(settingsFor(sharedPost.port, { perMinute: 60 }));
    const before = sharedPost.got.length;
    const arrived = (): number => sharedPost.got.length - before;
    await queue(...Array.from({ length: 10 }, () => ({})));
    await vi.waitFor(() => expect(arrived()).toBe(1));
    for (const [seconds, total] of [
      [0, 1],
      [1, 2],
      [1, 3],
    ] as const) {
      clock.advance(seconds * 1000);
      look();
      await vi.waitFor(() => expect(arrived()).toBe(total));
    }
    // A quiet hour is followed by no burst.
    clock.advance(60 * MINUTE);
    look();
    await vi.waitFor(() => expect(arrived()).toBe(4));
    look();
    await new Promise((resolve) => void setImmediate(resolve));
    expect(arrived()).toBe(4);
  });
});

describe('letters about the same thing', () => {
  const about = { kind: 'thu', id: 'moi-hop' };

  test('go one after the other to the same address, also where the first is put off; others do not wait for them', async () => {
    const { port, got } = await post({
      says: (address, times) => (address.startsWith('on@') && times === 1 ? 451 : null),
    });
    const { queue, comesTo, clock, look, letter } = await office(settingsFor(port));
    const [request, cancel, other] = await queue(
      { about, subject: 'Giấy mời' },
      { about, subject: 'Thôi mời' },
      { about, subject: 'Giấy mời', to: { name: null, address: 'khac@don-vi.example' } },
    );
    await comesTo(other, 'sent');
    await vi.waitFor(async () => expect((await letter(request)).said).toMatch(/^4/));
    expect(await letter(cancel)).toMatchObject({ state: 'waiting', tries: 0 });
    clock.advance(MINUTE);
    look();
    await comesTo(cancel, 'sent');
    expect(got.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1]?.trim())).toEqual(
      await Promise.all([other, request, cancel].map(async (id) => (await letter(id)).messageId)),
    );
  });

  test('are taken back together as long as they have not gone', async () => {
    const { port, got } = await post();
    const { queue, comesTo, server, letter, look, conference } = await office(settingsFor(port));
    const [gone] = await queue({ about });
    await comesTo(gone, 'sent');
    const context = server.context();
    const waiting = await transaction(server.database, async (db) => {
      const { letters } = await queueLetters(db, context, [{ ...usual(conference), about }]);
      expect(await withdrawWaiting(db, context, about)).toEqual(letters);
      return letters[0];
    });
    look();
    expect(await letter(waiting)).toMatchObject({ state: 'withdrawn' });
    expect((await readSteps(server.database.read, waiting!, 5)).map(({ step }) => step)).toEqual([
      'withdrawn',
    ]);
    expect(await letter(gone)).toMatchObject({ state: 'sent' });
    expect(got).toHaveLength(1);
  });
});

describe('a mail server', () => {
  test('that does not take a letter for now is asked again after a minute, then five', async () => {
    const busy = await post({ says: (_address, times) => (times < 3 ? 451 : null) });
    const { queue, comesTo, clock, look, letter, server } = await office(settingsFor(busy.port));
    const [id] = await queue();
    const waits = await vi.waitFor(async () => {
      const now = await letter(id);
      expect(now).toMatchObject({ state: 'waiting', tries: 1 });
      return now;
    });
    expect(waits).toMatchObject({ dueAt: clock() + MINUTE, said: expect.stringContaining('Hòm thư bận') });
    clock.advance(MINUTE);
    look();
    await vi.waitFor(async () =>
      expect(await letter(id)).toMatchObject({ tries: 2, dueAt: clock() + 5 * MINUTE }),
    );
    clock.advance(5 * MINUTE);
    look();
    const sent = await comesTo(id, 'sent');
    expect(sent.tries).toBe(3);
    expect((await readSteps(server.database.read, sent.id, 10)).map(({ step }) => step)).toEqual([
      'postponed',
      'postponed',
      'sent',
    ]);
  });

  test('that refuses a letter for good is not asked again, and its words are kept', async () => {
    const strict = await post({ says: (address) => (address.startsWith('khong') ? 550 : null) });
    const { queue, comesTo } = await office(settingsFor(strict.port));
    const [bad, good] = await queue({ to: { name: null, address: 'khong@don-vi.example' } }, {});
    await comesTo(good, 'sent');
    expect(await comesTo(bad, 'failed')).toMatchObject({
      said: expect.stringMatching(/^550 5\.1\.1 Không có/),
    });
  });

  test('that is away is tried after a minute with one letter, no letter is lost, and it is said since when', async () => {
    const probe = await startPost();
    await probe.close();
    const { queue, comesTo, clock, look, letter, server } = await office(settingsFor(probe.port));
    const ids = await queue({}, {}, {});
    const trouble = () => readLine(server.database.read).then((line) => line.trouble);
    await vi.waitFor(async () => expect(await trouble()).toMatchObject({ trouble: 'no connection' }));
    const since = clock();
    for (const id of ids) expect(await letter(id)).toMatchObject({ state: 'waiting' });
    clock.advance(MINUTE);
    look();
    await vi.waitFor(async () =>
      expect(await trouble()).toMatchObject({ since, againAt: clock() + 2 * MINUTE }),
    );
    const back = await post({}, probe.port);
    clock.advance(2 * MINUTE);
    look();
    for (const id of ids) await comesTo(id, 'sent');
    expect(back.got).toHaveLength(3);
    expect(await trouble()).toBeNull();
  });

  test.each([
    ['no encryption', { hideSTARTTLS: true }, '?tls=required'],
    ['no encryption', { disabledCommands: [] as string[] }, '?tls=required'],
    ['sign-in refused', { authOptional: false, allowInsecureAuth: true }, ''],
  ] as const)('says %s once for all letters, and none fails of it', async (trouble, options, query) => {
    const closed = await post({
      ...options,
      onAuth: (_auth, _session, done) => done(new Error('Wrong password mật-khẩu')),
    });
    const address = `smtp://ten:${encodeURIComponent('mật-khẩu')}@127.0.0.1:${closed.port}${query}`;
    const { queue, letter, server } = await office(settingsFor(closed.port, { address }));
    const ids = await queue({}, {});
    const line = await vi.waitFor(async () => {
      const now = await readLine(server.database.read);
      expect(now.trouble?.trouble).toBe(trouble);
      return now;
    });
    for (const id of ids) expect(await letter(id)).toMatchObject({ state: 'waiting' });
    expect(closed.got).toEqual([]);
    expect(JSON.stringify([line, await letter(ids[0])])).not.toMatch(/mật|m%E1/);
  });
});

test('the test mode makes letters, keeps them, and opens no connection', async () => {
  const closed = await post();
  const { queue, comesTo } = await office(TEST_MODE);
  const [id] = await queue();
  await comesTo(id, 'kept');
  expect(closed.connections()).toBe(0);
});

test('letters that were on the line when the server died go once more, with the same Message-ID and no other change', async () => {
  const data = await mkdtemp(join(tmpdir(), 'nhipcau-mail-'));
  try {
    const first = await office(null, testClock(), data);
    const [id] = await first.queue();
    await first.server.database.write('letter').where({ id }).update({ state: 'sending', tries: 1 });
    await first.server.close();
    const reached = await post();
    const server = await startTestServer({ mail: settingsFor(reached.port), data, clock: testClock() });
    open.push(server);
    await vi.waitFor(() => expect(reached.got).toHaveLength(1));
    const letter = id === undefined ? null : await readLetter(server.database.read, id);
    expect((await reached.parsed()).messageId).toBe(letter?.messageId);
  } finally {
    for (const one of open.splice(0).toReversed()) await one.close();
    await rm(data, { recursive: true, force: true });
  }
});

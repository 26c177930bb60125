import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { api } from '../../../domain/wire/api.ts';
import { ConferenceId } from '../../../domain/ids.ts';
import type { LetterId } from '../../../domain/mail/letter.ts';
import type { LetterState } from '../../../domain/mail/letter.ts';
import { readAuditForm } from '../../../domain/audit/entry.ts';
import { auditHead, everyEntry } from '../../../server/audit/queries.ts';
import { queueLetters, type LetterToQueue } from '../../../server/mail/commands.ts';
import { lettersWait, onMailChanged } from '../../../server/mail/live.ts';
import { receiveMessage, type TakeReply } from '../../../server/mail/receive-commands.ts';
import { readLetter, readSteps, type LetterChange } from '../../../server/mail/store.ts';
import { transaction } from '../../../server/platform/database.ts';
import {
  organizerOf,
  signIn,
  startTestServer,
  testClock,
  type SignedInClient,
  type TestServer,
} from '../harness.ts';
import { addConference } from '../rows.ts';
import { bounceOf, settingsFor, startPost, type Post } from './post.ts';

const clock = testClock();
let post: Post;
let server: TestServer;
let conference: ConferenceId;
let organizer: SignedInClient;
beforeAll(async () => {
  post = await startPost({ says: (address) => (address.startsWith('khong') ? 550 : null) });
  server = await startTestServer({ mail: settingsFor(post.port), clock });
  conference = ConferenceId.parse(server.context().newId());
  await addConference(server.database.write, conference);
  organizer = await signIn(server, [organizerOf(conference)]);
});
afterAll(async () => {
  await server.close();
  await post.close();
});

async function queue(...own: Partial<LetterToQueue>[]): Promise<readonly LetterId[]> {
  const { letters } = await transaction(server.database, (db) =>
    queueLetters(
      db,
      server.context(),
      own.map((one) => ({
        conference,
        language: 'vi' as const,
        isAutomatic: true,
        text: 'Kính gửi',
        subject: 'Giấy mời',
        about: { kind: 'thu', id: 'x' },
        to: { name: 'Lò Thị Ổn', address: 'on@don-vi.example' },
        ...one,
      })),
    ),
  );
  lettersWait(server.database);
  return letters;
}

async function comesTo(id: LetterId | undefined, state: LetterState): Promise<string> {
  return await vi.waitFor(
    async () => {
      const letter = id === undefined ? null : await readLetter(server.database.read, id);
      if (letter?.state !== state) throw new Error(`${letter?.state}`);
      return letter.messageId;
    },
    { timeout: 5000, interval: 20 },
  );
}

const stepsOf = async (id: LetterId | undefined) =>
  (await readSteps(server.database.read, id!, 20)).map(({ step }) => step);
/** What was handed on as the answer of a calendar; the one of this organizer is known. */
const replies: { calendar: string; from: string | null }[] = [];
const takeReply: TakeReply = (_context, reply) => {
  replies.push(reply);
  return Promise.resolve(reply.calendar.includes('hoinghi@tinh.example'));
};
const receive = (text: string) => receiveMessage(server.context(), new TextEncoder().encode(text), takeReply);

describe('a bounce', () => {
  test('finds its letter by the Message-ID that came back, or by the envelope, once', async () => {
    const [first, second] = await queue({}, {});
    const messageId = await comesTo(first, 'sent');
    await comesTo(second, 'sent');
    const heard: LetterChange[] = [];
    const stop = await onMailChanged(server.database, (changes) => void heard.push(...changes));
    const bounce = bounceOf({ messageId });
    expect(await receive(bounce)).toMatchObject({ ok: true, value: { meaning: 'bounced', letter: first } });
    expect(await receive(bounce)).toMatchObject({ ok: true, value: { meaning: 'came before' } });
    const byEnvelope = bounceOf({ messageId: '<x@y.example>', envelopeId: second ?? null });
    expect(await receive(byEnvelope)).toMatchObject({ value: { meaning: 'bounced', letter: second } });
    stop();
    // That they were sent may be told a moment after it can be read.
    const bounced = heard.filter(({ step }) => step === 'bounced');
    expect(bounced.map(({ letter }) => letter)).toEqual([first, second]);
    expect(await stepsOf(first)).toEqual(['sent', 'bounced']);
    const shown = await organizer.call(api.letter, { params: { conference, letter: first! } });
    expect(shown).toMatchObject({ state: 'bounced', said: '5.1.1 550 5.1.1 Khong co hom thu nay' });
  });

  test('that is only late changes no state', async () => {
    const [id] = await queue({});
    const messageId = await comesTo(id, 'sent');
    const late = bounceOf({ messageId, action: 'delayed', status: '4.4.1' });
    expect(await receive(late)).toMatchObject({ value: { meaning: 'delayed' } });
    await comesTo(id, 'sent');
    expect(await stepsOf(id)).toEqual(['sent', 'delayed']);
  });

  test('that was made up, or comes for a letter that never went, changes nothing and is kept to be looked at', async () => {
    const [waits] = await queue({});
    const messageId = await comesTo(waits, 'sent');
    await server.database.write('letter').where({ id: waits }).update({ state: 'withdrawn' });
    for (const text of [
      bounceOf({ messageId: '<la@khong-biet.example>', envelopeId: 'la' }),
      bounceOf({ messageId }),
      'From: Lò Văn Ổn <on@don-vi.example>\r\nSubject: Re: =?utf-8?Q?Gi=E1=BA=A5y_m=E1=BB=9Di?=\r\n\r\nTôi sẽ dự.',
      `In-Reply-To: ${messageId}\r\nSubject: Nghỉ phép\u0007\r\n\r\nTôi nghỉ.`,
      '\u0000\u0001 chẳng là gì',
      '',
    ])
      expect(await receive(text)).toMatchObject({ value: { meaning: 'not understood', letter: null } });
    expect(await stepsOf(waits)).toEqual(['sent']);
    const standing = await signIn(server);
    const { items } = await standing.call(api.receivedMail);
    expect(items).toHaveLength(6);
    expect(items.map(({ subject }) => subject)).toContain('Re: Giấy mời');
    expect(items.map(({ sender }) => sender)).toContain('Lò Văn Ổn <on@don-vi.example>');
    expect((await organizer.refusal(api.receivedMail)).code).toBe('forbidden');
  });

  test('that is too large, or nests without end, is not read', async () => {
    const large = await receiveMessage(server.context(), new Uint8Array(10_000_001), takeReply);
    expect(large).toMatchObject({ ok: false, reason: 'too large' });
    const nested = Array.from(
      { length: 2000 },
      (_, at) => `Content-Type: multipart/mixed; boundary="r${at}"\r\n\r\n--r${at}\r\n`,
    );
    expect(await receive(nested.join(''))).toMatchObject({ value: { meaning: 'not understood' } });
  });
});

/** As calendar programs send it, to whoever asked. */
const replyOf = (asker: string, method = 'REPLY'): string =>
  [
    'From: Lò Thị Ổn <on@don-vi.example>',
    'Subject: =?utf-8?Q?Ch=E1=BA=A5p_nh=E1=BA=ADn?=',
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary=ranh',
    '',
    '--ranh',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Tôi sẽ dự.',
    '--ranh',
    `Content-Type: text/calendar; charset=utf-8; method=${method}`,
    'Content-Transfer-Encoding: 8bit',
    '',
    `BEGIN:VCALENDAR\r\nMETHOD:${method}\r\nBEGIN:VEVENT\r\nORGANIZER:mailto:${asker}\r\nEND:VEVENT\r\nEND:VCALENDAR`,
    '--ranh--',
    '',
  ].join('\r\n');

describe('an answer of a calendar', () => {
  test('is handed on with who sent it, once; one that nobody waits for is kept to be looked at', async () => {
    replies.length = 0;
    const answer = replyOf('hoinghi@tinh.example');
    expect(await receive(answer)).toMatchObject({ value: { meaning: 'answered', letter: null } });
    expect(await receive(answer)).toMatchObject({ value: { meaning: 'came before' } });
    expect(await receive(replyOf('la@khong-biet.example'))).toMatchObject({
      value: { meaning: 'not understood' },
    });
    expect(await receive(replyOf('hoinghi@tinh.example', 'REQUEST'))).toMatchObject({
      value: { meaning: 'not understood' },
    });
    expect(replies.map(({ from }) => from)).toEqual(['on@don-vi.example', 'on@don-vi.example']);
    expect(replies[0]?.calendar).toContain('METHOD:REPLY');
  });
});

const again = (letter: LetterId | undefined) => ({ params: { conference, letter: letter! } });
const search = (body: object) => organizer.call(api.searchLetters, { params: { conference }, body });

const about = (id: string) => ({ about: { kind: 'thu', id } });

test('all that came back go once more together, but for those whose place a later one has taken; the queue is measured', async () => {
  const ids = await queue(about('mot'), about('hai'), about('ba'));
  for (const id of ids) {
    const messageId = await comesTo(id, 'sent');
    await receive(bounceOf({ messageId }));
    await comesTo(id, 'bounced');
  }
  const [later] = await queue(about('ba'));
  await comesTo(later, 'sent');
  const others = (await search({ state: 'bounced' })).counts.bounced - 3;
  const done = await organizer.call(api.tryLettersAgain, {
    params: { conference },
    body: { state: 'bounced' },
  });
  expect(done.waiting).toBeGreaterThanOrEqual(2);
  for (const id of ids.slice(0, 2)) await comesTo(id, 'sent');
  await comesTo(ids[2], 'bounced');
  expect(await stepsOf(ids[0])).toEqual(['sent', 'bounced', 'again', 'sent']);
  expect((await search({ state: 'bounced' })).counts.bounced).toBeLessThanOrEqual(others + 1);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toMatch(/^nhipcau_mail_letters_total\{outcome="sent"\} [1-9]/m);
  expect(metrics).toMatch(/^nhipcau_mail_waiting \d/m);
  expect(metrics).toMatch(/^nhipcau_mail_due_seconds \d/m);
});

describe('letters of a conference', () => {
  test('are found without diacritics, counted by state so that it adds up, and shown by pages', async () => {
    const ids = await queue(
      ...Array.from({ length: 5 }, (_, at) => ({
        to: { name: `Đặng Thị Ẩn ${at}`, address: `an.dang${at}@kho-tim.example` },
        subject: 'Đôn đốc báo cáo',
      })),
      { to: { name: 'Đặng Thị Ẩn', address: 'khong.co@kho-tim.example' } },
    );
    for (const id of ids.slice(0, 5)) await comesTo(id, 'sent');
    await comesTo(ids[5], 'failed');
    const all = await search({ q: 'dang an', limit: 4 });
    expect(all.counts).toMatchObject({ sent: 5, failed: 1, waiting: 0, bounced: 0 });
    expect(all.items).toHaveLength(4);
    const rest = await search({ q: 'dang an', limit: 4, cursor: all.next ?? undefined });
    expect([...all.items, ...rest.items].map(({ id }) => id)).toEqual([...ids].toReversed());
    expect((await search({ q: 'kho-tim', state: 'failed' })).items).toMatchObject([
      { toAddress: 'khong.co@kho-tim.example', said: expect.stringContaining('5.1.1') },
    ]);
    expect((await search({ q: 'don doc' })).counts.sent).toBe(5);
  });

  test('are withdrawn while they wait, tried again when they failed, and each leaves who did it', async () => {
    const [bad] = await queue({ to: { name: null, address: 'khong@don-vi.example' } });
    await comesTo(bad, 'failed');
    const params = { conference, letter: bad! };
    expect((await organizer.refusal(api.withdrawLetter, { params })).code).toBe('wrong-state');
    expect(await organizer.call(api.tryLetterAgain, { params })).toMatchObject({ id: bad });
    await vi.waitFor(async () => expect(await stepsOf(bad)).toEqual(['failed', 'again', 'failed']));
    await server.database
      .write('letter')
      .where({ id: bad })
      .update({ state: 'waiting', due_at: clock() + 60_000 });
    expect(await organizer.call(api.withdrawLetter, { params })).toMatchObject({ state: 'withdrawn' });
    expect(await organizer.call(api.withdrawLetter, { params })).toMatchObject({ state: 'withdrawn' });
    expect((await organizer.refusal(api.tryLetterAgain, { params })).code).toBe('wrong-state');
    const acts = await actsOn(bad!);
    expect(acts).toEqual(
      expect.arrayContaining(['tryLetterAgain done', 'withdrawLetter done', 'withdrawLetter refused']),
    );
    const other = await signIn(server, []);
    expect((await other.refusal(api.letter, { params })).code).toBe('not-found');
  });

  test('are not sent again once a later one about the same thing has taken their place', async () => {
    const own = {
      about: { kind: 'thu', id: 'rut-lai' },
      to: { name: null, address: 'khong.nhan@don-vi.example' },
    };
    const [request] = await queue(own);
    await comesTo(request, 'failed');
    const [cancel] = await queue(own);
    await comesTo(cancel, 'failed');
    const refusal = await organizer.refusal(api.tryLetterAgain, again(request));
    expect(refusal).toMatchObject({ code: 'wrong-state', detail: expect.stringContaining('thư khác') });
    expect(await stepsOf(request)).toEqual(['failed']);
    expect(await organizer.call(api.tryLetterAgain, again(cancel))).toMatchObject({ id: cancel });
  });

  test('are shown as they go: a page without scripts or network, and what happened to it', async () => {
    const html = '<p>Kính gửi</p><script>alert(1)</script><img src="https://xa.example/x.gif">';
    const [id] = await queue({
      html,
      calendar: { method: 'CANCEL', content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' },
    });
    await comesTo(id, 'sent');
    const shown = await organizer.call(api.letter, { params: { conference, letter: id! } });
    expect(shown).toMatchObject({
      from: 'Ban tổ chức Hội nghị <hoinghi@tinh.example>',
      text: 'Kính gửi',
      calendar: 'CANCEL',
      steps: [{ step: 'sent' }],
    });
    expect(shown.html).toContain(`default-src 'none'`);
  });

  test('one goes to the organizer who asks whether mail works, and to no address that can be none', async () => {
    const params = { conference };
    const sent = await organizer.call(api.sendTestLetter, { params, body: { to: 'toi@tinh.example' } });
    await comesTo(sent.id, 'sent');
    expect((await post.parsed()).subject).toBe('Thư thử từ Nhịp Cầu');
    const problem = await organizer.refusal(api.sendTestLetter, { params, body: { to: 'tôi@tinh.example' } });
    expect(problem).toMatchObject({ code: 'malformed', faults: [{ at: 'to' }] });
  });
});

async function actsOn(letter: string): Promise<string[]> {
  const context = server.context();
  const found: string[] = [];
  for await (const { form } of everyEntry(context, 0, (await auditHead(context)).place)) {
    const { deed } = readAuditForm(form);
    if (deed.on.some(([kind, id]) => kind === 'letter' && id === letter))
      found.push(`${deed.act} ${deed.step}`);
  }
  return found;
}

/*
 * What goes out with invitations: passes signed and verified, letters composed, the feed of a calendar. Each beside the bare
 * library that it stands on, round by round in the same run.
 *
 *   npm run bench:invitations                 npm run bench:invitations -- --rounds 3
 */
import { createPublicKey, generateKeyPairSync, randomUUID, sign, verify } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { createEventsAsync } from 'ics';
import MailComposer from 'nodemailer/lib/mail-composer';

import { feedEvents } from '../../domain/calendar/feed.ts';
import { invitingEvent } from '../../domain/calendar/inviting.ts';
import { ConferenceId, PersonId, SessionId } from '../../domain/ids.ts';
import { readAddress, type Mailbox } from '../../domain/mail/address.ts';
import { LetterId } from '../../domain/mail/letter.ts';
import { checkPass } from '../../domain/passes/check.ts';
import { passStatement, readPass, writePass, type Pass } from '../../domain/passes/pass.ts';
import { PASS_PICTURE } from '../../domain/letters/render.ts';
import { addDays, CivilDate, Instant } from '../../domain/time.ts';
import { composed } from '../../server/mail/composing.ts';
import { writeCalendar } from '../../server/calendars/writer.ts';
import { pictureOf } from '../../server/passes/picture.ts';
import { openKeys } from '../../server/platform/keys.ts';
import { count, median, round } from './load/figures.ts';

const { values: flags } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const ROUNDS = Number(flags.rounds);
const PASSES = 2000;
const LETTERS = 300;
const ENTRIES = 500;

const at = Instant.parse(Date.parse('2025-01-08T08:00:00+07:00'));
const HOUR = 3_600_000;
const title =
  'Hội nghị toàn quốc học tập, quán triệt và triển khai thực hiện Nghị quyết, tổ chức tới điểm cầu cấp xã';

/** How many a second, of so many that a piece of work does. */
async function rate(many: number, work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return (1000 * many) / (performance.now() - begun);
}

function address(text: string): Mailbox['address'] {
  const read = readAddress(text);
  if (!read.ok) throw new Error(read.reason);
  return read.value;
}

const folder = await mkdtemp(join(tmpdir(), 'nhipcau-bench-'));
try {
  const { passes: key } = openKeys(folder);
  const conference = ConferenceId.parse(randomUUID());
  const people = Array.from({ length: PASSES }, () => PersonId.parse(randomUUID()));
  const until = CivilDate.parse('2025-01-13');
  const passOf = (person: PersonId): Pass => ({ conference, person, serial: 1, until });
  const written = people.map((person) => {
    const pass = passOf(person);
    return writePass(pass, Buffer.from(key.sign(passStatement(pass)), 'base64url'));
  });
  const shown = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.publicKey }, format: 'jwk' });
  const door = {
    conference,
    today: until,
    serialOf: () => 1,
    verify: (statement: string, signature: Uint8Array) =>
      Promise.resolve(verify(null, Buffer.from(statement), shown, signature)),
  };
  const bare = generateKeyPairSync('ed25519');
  const statements = people.map((person) => Buffer.from(passStatement(passOf(person))));
  const signatures = statements.map((statement) => sign(null, statement, bare.privateKey));

  const from: Mailbox = { name: 'Ban tổ chức Hội nghị', address: address('hoinghi@tinh.example') };
  const text =
    'Kính gửi đồng chí, trân trọng kính mời đồng chí tới dự Hội nghị trực tuyến toàn quốc.\n'.repeat(12);
  const calendar = await writeCalendar({
    method: 'REQUEST',
    name: null,
    stamp: at,
    events: [
      invitingEvent(
        {
          id: randomUUID(),
          title,
          sessions: [{ title: 'Buổi sáng', startsAt: at, endsAt: (at + 4 * HOUR) as Instant }],
          place: 'Điểm cầu Trung ương, Hà Nội',
          seatNumber: 'A-12',
          link: 'https://nhipcau.example/letter?k=x',
          organizer: from,
          attendee: {
            name: 'Lò Thị Ổn',
            address: 'on@don-vi.example',
            role: 'REQ-PARTICIPANT',
            partstat: 'NEEDS-ACTION',
            delegatedTo: null,
            delegatedFrom: null,
          },
        },
        'REQUEST',
        0,
        'vi',
      ),
    ],
  });
  const [first] = people;
  if (first === undefined) throw new Error('nobody has a pass');
  const passCode = writePass(passOf(first), Buffer.from(key.sign(passStatement(passOf(first))), 'base64url'));
  const picture = pictureOf(passCode);
  const letters = Array.from({ length: LETTERS }, (_, n) => ({
    id: LetterId.parse(randomUUID()),
    conference,
    about: { kind: 'invitation', id: String(n) },
    messageId: `<${randomUUID()}@tinh.example>`,
    to: { name: `Lò Thị Ổn ${n}`, address: address(`on${n}@don-vi.example`) },
    replyTo: null,
    subject: `Giấy mời dự: ${title}`,
    text,
    html: `<!doctype html><p>${text}</p><img src="cid:${PASS_PICTURE}">`,
    calendar: { method: 'REQUEST', content: calendar } as const,
    qrCode: passCode,
    isAutomatic: false,
    language: 'vi' as const,
    queuedAt: at,
  }));

  const feed = feedEvents(
    {
      deadlines: [],
      sessions: Array.from({ length: ENTRIES }, (_, n) => ({
        id: SessionId.parse(`buoi-${n}`),
        conference: { id: conference, title, number: '25-KH/TƯ' },
        kind: 'session' as const,
        title: `Buổi làm việc thứ ${n + 1}`,
        venue: 'Phòng họp trực tuyến, trụ sở Ủy ban nhân dân tỉnh Mây Ngàn',
        revision: 1,
        cancelled: null,
        doorsAt: null,
        startsAt: (at + n * HOUR) as Instant,
        endsAt: (at + (n + 1) * HOUR) as Instant,
      })),
    },
    (id, day) => `https://nhipcau.example/conferences/${id}/schedule?day=${addDays(day, 0)}`,
    'vi',
  );

  const works = {
    signed: () =>
      rate(PASSES, async () => {
        for (const person of people) {
          const pass = passOf(person);
          writePass(pass, Buffer.from(key.sign(passStatement(pass)), 'base64url'));
        }
        await Promise.resolve();
      }),
    bareSigned: () =>
      rate(PASSES, async () => {
        for (const statement of statements) sign(null, statement, bare.privateKey);
        await Promise.resolve();
      }),
    verified: () =>
      rate(PASSES, async () => {
        for (const pass of written) {
          const checked = await checkPass(pass, door);
          if (!checked.ok) throw new Error(`${checked.reason}: ${readPass(pass).ok}`);
        }
      }),
    bareVerified: () =>
      rate(PASSES, async () => {
        for (const [n, statement] of statements.entries())
          if (!verify(null, statement, bare.publicKey, signatures[n]!)) throw new Error('not verified');
        await Promise.resolve();
      }),
    composed: () =>
      rate(LETTERS, async () => {
        for (const letter of letters) await composed(letter, from);
      }),
    bareComposed: () =>
      rate(LETTERS, async () => {
        for (const { to, subject, html } of letters)
          await new MailComposer({
            from: from.address,
            to: to.address,
            subject,
            text,
            html,
            icalEvent: { method: 'REQUEST', content: calendar },
            attachments: [{ cid: 'code', contentType: 'image/png', content: picture }],
          })
            .compile()
            .build();
      }),
    feeds: () =>
      rate(
        1,
        async () => void (await writeCalendar({ method: 'PUBLISH', name: title, events: feed, stamp: at })),
      ),
    bareFeeds: () =>
      rate(1, async () => {
        await createEventsAsync(
          feed.map(({ uid, summary, time }) => ({
            uid,
            title: summary,
            start: 'day' in time ? 0 : time.from,
            end: 'day' in time ? 0 : time.until,
          })),
        );
      }),
  };
  type Work = keyof typeof works;
  const rates = Object.fromEntries(Object.keys(works).map((name) => [name, []])) as unknown as Record<
    Work,
    number[]
  >;
  // The first round compiles.
  for (let turn = 0; turn <= ROUNDS; turn++)
    for (const name of Object.keys(works) as Work[]) {
      const one = await works[name]();
      if (turn > 0) rates[name].push(one);
    }
  const middle = (name: Work): number => median(rates[name]);
  const say = (what: string, own: Work, other: Work, library: string): void =>
    console.log(
      `${what.padEnd(34)} ${count(middle(own)).padStart(8)} a second   ${library} alone ${count(middle(other)).padStart(8)}   ratio ${(middle(own) / middle(other)).toFixed(2)}`,
    );
  say('passes signed and written', 'signed', 'bareSigned', 'Ed25519');
  say('passes read and verified', 'verified', 'bareVerified', 'Ed25519');
  say('letters composed, with a calendar', 'composed', 'bareComposed', 'MailComposer');
  const [feedMs, bareFeedMs] = [1000 / middle('feeds'), 1000 / middle('bareFeeds')];
  console.log(
    `feed of ${ENTRIES} entries                ${feedMs.toFixed(0).padStart(8)} ms         ics alone ${bareFeedMs.toFixed(0).padStart(8)} ms   ratio ${(feedMs / bareFeedMs).toFixed(2)}`,
  );
  console.log(
    JSON.stringify({
      bench: 'invitations',
      rounds: ROUNDS,
      passesSignedPerS: round(middle('signed')),
      bareSignedPerS: round(middle('bareSigned')),
      passesVerifiedPerS: round(middle('verified')),
      bareVerifiedPerS: round(middle('bareVerified')),
      mailsComposedPerS: round(middle('composed')),
      bareMailsPerS: round(middle('bareComposed')),
      feedOf500Ms: round(feedMs, 1),
      bareFeedMs: round(bareFeedMs, 1),
    }),
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}

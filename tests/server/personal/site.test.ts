import { createHash } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { writeLink, linkStatement } from '../../../domain/personal/link.ts';
import { personalUrl, signLink } from '../../../server/personal/links.ts';
import { personalSite } from '../../../server/personal/site.ts';
import { createLog } from '../../../server/platform/log.ts';
import { signIn, startTestServer, testClock, type TestServer } from '../harness.ts';
import { contentWith, INVITATION, invitedParts, OPEN } from './invited.ts';

const parts = invitedParts();
const clock = testClock();
const logged: string[] = [];
let server: TestServer;
beforeAll(async () => {
  const log = createLog('info', { write: (line: string) => void logged.push(line) });
  server = await startTestServer({ clock, log, sites: [personalSite(parts)] });
});
afterAll(() => server.close());
beforeEach(() =>
  Object.assign(parts, { shown: contentWith(), edition: 1, takesAnswers: true, openedTimes: 0 }),
);

const letterOf = (invitation = INVITATION, edition = 1): string =>
  signLink(server.context(), { invitation, edition });
const get = (path: string, init: RequestInit = {}) =>
  fetch(server.url + path, { redirect: 'manual', ...init });
const open = (letter = letterOf(), language: 'vi' | 'en' = 'vi') => get(personalUrl(letter, language));
const send = (fields: Record<string, string>, headers: Record<string, string> = {}, letter = letterOf()) =>
  get(personalUrl(letter, 'vi'), { method: 'POST', body: new URLSearchParams(fields), headers });

describe('the personal page', () => {
  test('says what, when, where, which bridge and seat, the programme and the papers, in under 30 kB', async () => {
    const answer = await open();
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    for (const words of [
      'Thông báo triệu tập',
      'Lò Thị Ổn',
      'Bí thư Chi bộ xóm Đồng Ặng',
      'Hội nghị toàn quốc học tập',
      '08:00-11:30 thứ Hai, 13/01/2025',
      '07:30',
      'Xã Lũng Ữ',
      'Nhà văn hóa xã, xóm Bản Mới',
      'B12',
      'Quán triệt chuyên đề',
      '1. Chương trình Hội nghị.pdf',
      '320 kB',
      '25-KH/TƯ',
    ])
      expect(page).toContain(words);
    expect(Buffer.byteLength(page)).toBeLessThan(30_000);
  });

  test('has no script, and a policy under which none would run', async () => {
    const answer = await open();
    const page = await answer.text();
    expect(page).not.toMatch(/<script|\son\w+=|javascript:/i);
    const policy = answer.headers.get('content-security-policy') ?? '';
    const [, style = ''] = /<style>([^]*)<\/style>/.exec(page) ?? [];
    expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; img-src 'self'; form-action 'self'/,
    );
    expect(policy).not.toMatch(/unsafe|script/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('same-origin');
    expect(answer.headers.get('x-robots-tag')).toContain('noindex');
  });

  test('is in English by its link, whole', async () => {
    const page = await (await open(letterOf(), 'en')).text();
    for (const words of ['<html lang="en">', 'Summons', 'Monday', 'I am coming', 'Programme', 'Papers'])
      expect(page).toContain(words);
    expect(page).not.toMatch(/Trả lời|Chương trình<|Tài liệu|Kính gửi/);
  });

  test('of a guest is an invitation, and says of no obligation', async () => {
    parts.shown = contentWith({ kind: 'invitation', obligedSince: null });
    const page = await (await open()).text();
    expect(page).toContain('Giấy mời');
    expect(page).not.toContain('triệu tập');
  });

  test('of a letter that was taken back says why, and has neither pass nor answer', async () => {
    parts.shown = contentWith({ pass: null, state: { kind: 'withdrawn', reason: 'Chuyển điểm cầu' } });
    const page = await (await open()).text();
    expect(page).toContain('Chuyển điểm cầu');
    expect(page).not.toMatch(/<svg|<form/);
  });

  test('asks for an answer until the session begins', async () => {
    parts.shown = contentWith({ state: { ...OPEN, answer: 'coming', mayAnswer: false } });
    const page = await (await open()).text();
    expect(page).toContain('Bạn đã trả lời: sẽ dự.');
    expect(page).toContain('Đã đến giờ họp');
    expect(page).not.toContain('<form');
  });

  test('opened is entered once it was shown, and neither for a look at its head nor for what is fetched ahead', async () => {
    await open();
    expect(parts.openedTimes).toBe(1);
    await get(personalUrl(letterOf(), 'vi'), { method: 'HEAD' });
    await get(personalUrl(letterOf(), 'vi'), { headers: { 'sec-purpose': 'prefetch' } });
    expect(parts.openedTimes).toBe(1);
  });

  test('knows nobody, whoever is signed in in that browser', async () => {
    const { cookie } = await signIn(server);
    const answer = await get(personalUrl(letterOf(), 'vi'), { headers: { cookie } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });
});

describe('whatever is wrong with a link', () => {
  test('is told the same way, byte for byte', async () => {
    const good = letterOf();
    const other = '0190a5d2-ac96-774b-bcce-b302099a8058';
    const stranger = writeLink({ invitation: other, edition: 1 }, good.slice(37));
    const passKey = server
      .context()
      .keys.passes.sign(linkStatement({ invitation: other, edition: 1 }).slice(1));
    const last = good.endsWith('A') ? 'Q' : 'A';
    const letters = {
      'of nobody': letterOf(other),
      void: letterOf(INVITATION, 2),
      'with the signature of another': stranger,
      'signed for something else': writeLink({ invitation: other, edition: 1 }, passKey),
      tampered: good.slice(0, 60) + (good[60] === 'a' ? 'b' : 'a') + good.slice(61),
      'with another last letter': good.slice(0, -1) + last,
      cut: good.slice(0, -1),
      empty: '',
      long: 'x'.repeat(5000),
      markup: '"><script>alert(1)</script>',
    };
    const seen = new Map<string, string[]>();
    for (const [name, letter] of Object.entries(letters)) {
      const paths = [
        personalUrl(letter, 'vi'),
        personalUrl(letter, 'vi', '/calendar'),
        personalUrl(letter, 'vi', '/paper', { paper: 'p1' }),
      ];
      for (const path of paths) {
        const answer = await get(path);
        const said = JSON.stringify([answer.status, await answer.text()]);
        seen.set(said, [...(seen.get(said) ?? []), `${name} ${path.slice(0, 20)}`]);
      }
      const sent = await send({ answer: 'coming' }, {}, letter);
      const said = JSON.stringify([sent.status, await sent.text()]);
      seen.set(said, [...(seen.get(said) ?? []), `${name} sent`]);
    }
    expect([...seen.values()].slice(1)).toEqual([]);
    const [only = ''] = seen.keys();
    expect(only).toMatch(/^\[404,/);
    expect(only).toContain('Đường dẫn không dùng được');
    expect(parts.said).toEqual([]);
    expect(parts.openedTimes).toBe(0);
  });

  test('a letter twice in the address, or none, is no letter', async () => {
    const letter = letterOf();
    for (const path of [
      '/invitation',
      `/invitation?letter=${letter}&letter=${letter}`,
      `/invitation/else?letter=${letter}`,
    ])
      expect((await get(path)).status).toBe(404);
  });
});

describe('an answer', () => {
  test('is taken and shown by another address, so that loading again sends nothing', async () => {
    const answer = await send({ answer: 'coming' });
    expect(answer.status).toBe(303);
    expect(parts.said.splice(0)).toEqual([{ answer: 'coming' }]);
    const page = await (await get(answer.headers.get('location') ?? '')).text();
    expect(page).toContain('Đã nhận câu trả lời của bạn.');
    expect(page).toContain('Bạn đã trả lời: sẽ dự.');
  });

  test('that is not right names its fields, keeps every letter, and changes nothing', async () => {
    const answer = await send({ answer: 'substitute', name: 'Đỗ "Văn" <Ổn>', phone: 'gọi sau', why: 'Bận' });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(parts.said).toEqual([]);
    expect(page).toContain('Chức vụ: chưa điền.');
    expect(page).toContain('Điện thoại: chưa đúng.');
    expect(page).toContain('value="Đỗ &#34;Văn&#34; &#60;Ổn&#62;"');
    expect(page).toContain('value="gọi sau"');
    expect(page).toMatch(/<details open><summary>Đề nghị người dự thay/);
    expect(page).toContain('aria-describedby="field-phone-fault"');
  });

  test('of none of the three ways is said to be none', async () => {
    const answer = await send({ answer: 'maybe' });
    expect([answer.status, (await answer.text()).includes('chưa chọn câu trả lời nào')]).toEqual([422, true]);
  });

  test('that comes too late is told on the page as it stands now', async () => {
    parts.takesAnswers = false;
    const answer = await send({ answer: 'coming' });
    const page = await get(answer.headers.get('location') ?? '');
    expect(page.status).toBe(409);
    expect(await page.text()).toContain('Câu trả lời chưa được nhận');
  });

  test("from another site's page is refused", async () => {
    const answer = await send({ answer: 'coming' }, { origin: 'https://x.example' });
    expect(answer.status).toBe(403);
    expect(parts.said).toEqual([]);
  });

  test('that is no form, or longer than ours, is refused in a page', async () => {
    const path = personalUrl(letterOf(), 'vi');
    const bodies: [string, string][] = [
      ['application/json', '{"answer":"coming"}'],
      ['application/x-www-form-urlencoded', `answer=coming&reason=${'x'.repeat(20_000)}`],
      ['application/x-www-form-urlencoded', 'a=1&'.repeat(50)],
    ];
    for (const [type, body] of bodies) {
      const answer = await get(path, { method: 'POST', headers: { 'content-type': type }, body });
      expect(answer.status).toBeGreaterThanOrEqual(404);
      expect(answer.status).toBeLessThan(500);
      expect(answer.headers.get('content-type')).toContain('text/html');
    }
    expect(parts.said).toEqual([]);
  });
});

test('hostile words in every field are words on the page, and no line of a header', async () => {
  const evil = '"><img src=x onerror=alert(1)>\r\nSet-Cookie: a=b\r\n\r\n</textarea></style><script>';
  const text = `${evil}&lt;'`;
  const content = contentWith();
  parts.shown = {
    ...content,
    conference: { title: text, number: text },
    convenedBy: text,
    person: { name: text, position: text, unit: text },
    session: { ...content.session!, programme: [{ title: text, minutes: 1 }], calledOff: text },
    bridge: { name: text, address: text, venue: text },
    seat: { as: 'delegate', seatNumber: text },
    papers: [{ id: text, name: text, size: 1 }],
    state: { ...OPEN, answer: { notComing: text }, substitute: null },
  };
  const fields = { name: text, position: text, unit: text, phone: text, why: text, reason: text };
  const answers = [
    await open(),
    await send({ ...fields, answer: 'substitute' }),
    await send({ ...fields, answer: 'not-coming', reason: text.repeat(8) }),
    await get(
      `/invitation?letter=${letterOf()}&language=${encodeURIComponent(evil)}&said=${encodeURIComponent(evil)}`,
    ),
    await get(personalUrl(letterOf(), 'vi', '/paper', { paper: evil })),
  ];
  for (const answer of answers) {
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await answer.text()).not.toMatch(/<img|<script|<\/textarea><\/style>/);
  }
  parts.shown = {
    ...parts.shown,
    state: { ...OPEN, substitute: { name: text, state: 'proposed', reason: text } },
  };
  expect(await (await open()).text()).not.toMatch(/<img|<script/);
});

describe('files of the page', () => {
  test('are handed over as files to keep', async () => {
    const calendar = await get(personalUrl(letterOf(), 'vi', '/calendar'));
    expect(calendar.headers.get('content-type')).toContain('text/calendar');
    expect(calendar.headers.get('content-disposition')).toMatch(/^attachment; filename=/);
    const paper = await get(personalUrl(letterOf(), 'vi', '/paper', { paper: 'p1' }));
    expect([paper.status, await paper.text()]).toEqual([200, '%PDF-1.7']);
    expect(paper.headers.get('content-disposition')).toMatch(/^attachment/);
  });

  test('a paper that has gone is said to have gone', async () => {
    const gone = await get(personalUrl(letterOf(), 'vi', '/paper', { paper: 'p2' }));
    expect([gone.status, (await gone.text()).includes('Tài liệu không còn')]).toEqual([404, true]);
  });
});

test('a letter may be opened and answered so often and no more, and other letters go on', async () => {
  const other = await startTestServer({ sites: [personalSite(parts)] });
  try {
    const letter = signLink(other.context(), { invitation: INVITATION, edition: 1 });
    const statuses: number[] = [];
    const waits: (string | null)[] = [];
    for (let n = 0; n < 14; n += 1) {
      const answer = await fetch(other.url + personalUrl(letter, 'vi'), {
        method: 'POST',
        body: new URLSearchParams({ answer: 'maybe' }),
      });
      statuses.push(answer.status);
      waits.push(answer.headers.get('retry-after'));
    }
    expect(statuses.slice(0, 12)).toEqual(Array.from({ length: 12 }, () => 422));
    expect(statuses.at(-1)).toBe(429);
    expect(waits.at(-1)).toBe('60');
    expect((await fetch(other.url + personalUrl(letter, 'vi'))).status).toBe(200);
  } finally {
    await other.close();
  }
});

test('no letter stands in the log', async () => {
  await open();
  await send({ answer: 'coming', reason: 'Lời riêng' });
  const log = logged.join('');
  expect(log).toContain('/invitation');
  expect(log).not.toContain(letterOf().slice(0, 40));
  expect(log).not.toContain('Lời riêng');
});

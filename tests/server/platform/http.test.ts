import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { contract } from '../../../domain/wire/contract.ts';
import { Problem, type Problem as ProblemBody } from '../../../domain/wire/problem.ts';
import { requestOf } from '../../../domain/wire/request.ts';
import { capabilities } from '../../../server/capabilities.ts';
import { implement } from '../../../server/platform/endpoint.ts';
import { ProblemError } from '../../../server/platform/problems.ts';
import { client, signIn, startTestServer, type SignedInClient, type TestServer } from '../harness.ts';

const echo = contract({
  method: 'post',
  path: '/test/echo/{thing}',
  summary: 'Gives back what it is given',
  scope: { at: 'account' },
  query: z.object({
    times: z.coerce.number().int().min(1).max(9).default(1),
    late: z.stringbool().default(false),
  }),
  body: z.object({
    name: z.string().trim().min(1).max(300),
    heads: z.int().min(0).max(100),
    on: z.iso.date().optional(),
    kind: z.enum(['session', 'rehearsal']).optional(),
    tags: z.array(z.string()).max(2).optional(),
    counts: z.record(z.string().max(5), z.int()).optional(),
  }),
  answer: z.object({ name: z.string(), thing: z.string(), times: z.int(), late: z.boolean() }),
});
const batch = contract({
  method: 'post',
  path: '/test/batch',
  summary: 'Takes entries each for itself',
  scope: { at: 'account' },
  body: z.object({ events: z.array(z.unknown()) }),
  answer: z.object({ kept: z.array(z.string()) }),
});
const open = contract({
  method: 'post',
  path: '/test/open',
  summary: 'Open to anybody',
  scope: { at: 'public' },
  body: z.object({ text: z.string() }),
  answer: null,
});
const upload = contract({
  method: 'post',
  path: '/test/upload',
  summary: 'Takes a file',
  scope: { at: 'account' },
  body: 'file',
  answer: z.object({ bytes: z.int(), name: z.string() }),
});
const long = contract({
  method: 'get',
  path: '/test/long',
  summary: 'Has so many lines',
  scope: { at: 'public' },
  query: z.object({ lines: z.coerce.number().int() }),
  answer: z.object({ lines: z.array(z.string()) }),
});
const broken = contract({
  method: 'get',
  path: '/test/broken',
  summary: 'Has a bug',
  scope: { at: 'public' },
  answer: z.object({}),
});
const talkative = contract({
  method: 'get',
  path: '/test/talkative',
  summary: 'Says more than its contract',
  scope: { at: 'public' },
  answer: z.object({ name: z.string() }),
});
const document = contract({
  method: 'get',
  path: '/test/document',
  summary: 'Writes a document',
  scope: { at: 'public' },
  query: z.object({ fails: z.enum(['never', 'before', 'midway']).default('never') }),
  answer: 'stream',
  streams: ['text/csv'],
});

let server: TestServer;
let person: SignedInClient;
const gone = Promise.withResolvers<void>();
beforeAll(async () => {
  server = await startTestServer({
    routes: [
      implement(echo, async ({ params, query, body }) => ({
        name: body.name,
        thing: params.thing,
        ...query,
      })),
      implement(open, async () => undefined),
      implement(batch, async ({ body: { events } }) => {
        const Entry = z.object({ id: z.string(), reason: z.string() });
        return { kept: events.flatMap((event) => Entry.safeParse(event).data?.id ?? []) };
      }),
      implement(upload, async ({ body }) => ({ bytes: body.bytes.length, name: body.name })),
      implement(long, async ({ query }) => ({
        lines: Array.from({ length: query.lines }, (_, index) => `Xã Đồng Ặng ${index}`),
      })),
      implement(broken, async () => {
        throw new Error('select * from secret_table failed');
      }),
      implement(talkative, async () => {
        const row = { name: 'x', password_hash: 'y' };
        return row;
      }),
      implement(document, async ({ query }) => ({
        type: 'text/csv; charset=utf-8',
        filename: 'Báo cáo điểm danh.csv',
        write: async (out, signal) => {
          if (query.fails === 'before') throw new ProblemError('wrong-state');
          signal.addEventListener('abort', () => gone.resolve());
          out.write('a,b\n');
          if (query.fails === 'midway') throw new Error('the disk is gone');
          out.end('1,2\n');
        },
      })),
    ],
  });
  person = await signIn(server, []);
});
afterAll(() => server.close());

const params = { thing: 'điều' };
const body = { name: 'Nguyễn Thị Ánh', heads: 3 };

/** Sends what is refused, asking for a language as browsers do. */
function sendWrong(language: string): Promise<Response> {
  return person.response(echo, {
    params,
    body: { ...body, heads: -1 },
    headers: { 'accept-language': language },
  });
}

describe('a problem', () => {
  test('is an RFC 9457 document in Vietnamese, or in English for who asks for it', async () => {
    const response = await sendWrong('fr, de;q=0.9');
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const problem = Problem.parse(await response.json());
    expect(problem).toMatchObject({
      type: '/problems/malformed',
      status: 400,
      code: 'malformed',
      title: 'Dữ liệu gửi lên chưa đúng',
      faults: [{ at: 'heads', message: 'không được nhỏ hơn 0' }],
    });
    expect(problem.instance).toMatch(/^[0-9a-f-]{36}$/);
    const english = Problem.parse(await (await sendWrong('en-GB, vi;q=0.5')).json());
    expect(english.faults).toEqual([{ at: 'heads', message: 'must not be under 0' }]);
    expect(Problem.parse(await (await sendWrong('vi, en;q=0.5')).json()).title).toMatch(/chưa đúng/);
  });

  test('names every field that is wrong, at once', async () => {
    const wrong = {
      name: ' ',
      heads: '3',
      on: '2025-02-30',
      kind: 'party',
      tags: ['a', 'b', 'c'],
      counts: { 'quá dài': 1, ok: 1.5 },
    };
    const faults = async (language: 'vi' | 'en'): Promise<Record<string, string>> => {
      const problem = await person.refusal(echo, { params, body: wrong as never, language });
      return Object.fromEntries((problem.faults ?? []).map((fault) => [fault.at, fault.message]));
    };
    expect(await faults('vi')).toEqual({
      name: 'không được để trống',
      heads: 'phải là số',
      on: 'phải là một ngày có thật, dạng 2025-01-13',
      kind: 'phải là một trong: session, rehearsal',
      tags: 'dài quá 2 mục',
      'counts.quá dài': 'dài quá 5 ký tự',
      'counts.ok': 'phải là số nguyên',
    });
    expect(await faults('en')).toEqual({
      name: 'must not be empty',
      heads: 'must be a number',
      on: 'must be a real date like 2025-01-13',
      kind: 'must be one of: session, rehearsal',
      tags: 'has more than 2 entries',
      'counts.quá dài': 'has more than 5 characters',
      'counts.ok': 'must be a whole number',
    });
  });

  test('tells a missing field from a wrong one', async () => {
    const problem = await person.refusal(echo, { params, body: {} as never });
    expect(problem.faults).toEqual([
      { at: 'name', message: 'chưa có' },
      { at: 'heads', message: 'chưa có' },
    ]);
  });

  test('names the field of the query too', async () => {
    const query = { times: 10 };
    const problem = await person.refusal(echo, { params, body, query, language: 'en' });
    expect(problem.faults).toEqual([{ at: 'times', message: 'must not be over 9' }]);
    const twice = await person.fetch('/api/v1/test/echo/x?late=true&late=false', { method: 'POST' });
    expect(((await twice.json()) as ProblemBody).faults?.[0]?.at).toBe('late');
  });

  test('a text of ten million letters in a name is refused at its field', async () => {
    const problem = await person.refusal(echo, { params, body: { ...body, name: 'ả'.repeat(5_000_000) } });
    expect(problem.faults).toEqual([{ at: 'name', message: 'dài quá 300 ký tự' }]);
  });
});

describe('what comes in', () => {
  test('is NFC, trimmed, with its defaults', async () => {
    const answer = await person.call(echo, {
      params: { thing: 'Điện Biên'.normalize('NFD') },
      body: { ...body, name: `  ${'Nguyễn Thị Ánh'.normalize('NFD')} ` },
    });
    expect(answer).toEqual({ name: 'Nguyễn Thị Ánh', thing: 'Điện Biên', times: 1, late: false });
  });

  test.each([
    ['a NUL', 'a\0b'],
    ['half of a character', 'a\ud800b'],
  ])('with %s is refused at its field', async (_, name) => {
    const problem = await person.refusal(echo, { params, body: { ...body, name }, language: 'en' });
    expect(problem.faults).toEqual([
      { at: 'name', message: 'has a character that cannot be stored (a NUL or half of a character)' },
    ]);
  });

  test('nested without end is refused at the field that begins it', async () => {
    let deep: unknown = 1;
    for (let i = 0; i < 1000; i++) deep = { a: deep };
    const problem = await person.refusal(echo, { params, body: { ...body, counts: { ok: deep } } as never });
    expect(problem.faults?.[0]?.at).toBe('counts.ok');
  });

  test('in a batch spoils only the entry that cannot be kept', async () => {
    const good = { id: 'a', reason: 'đúng giờ' };
    const { kept } = await person.call(batch, {
      body: { events: [good, { id: 'b', reason: 'a\0b' }, good] },
    });
    expect(kept).toEqual(['a', 'a']);
  });

  test('with a key that cannot be kept is refused at that key', async () => {
    const counts = { 'a\0': 1 };
    const problem = await person.refusal(echo, { params, body: { ...body, counts }, language: 'en' });
    expect(problem.faults?.[0]?.message).toMatch(/cannot be stored/);
  });

  test.each([
    ['no JSON', '{"name": '],
    ['nothing', ''],
    ['JSON that is no object', '"text"'],
    ['a list in place of an object', '[]'],
    ['nesting without end', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
  ])('as %s is malformed', async (_, text) => {
    const response = await person.fetch('/api/v1/test/echo/x', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: text,
    });
    expect(response.status).toBe(400);
    expect(((await response.json()) as ProblemBody).code).toBe('malformed');
  });

  test('as a form, which another site could send, is not read', async () => {
    const response = await person.fetch('/api/v1/test/echo/x', {
      method: 'POST',
      body: new URLSearchParams({ name: 'x', heads: '1' }),
    });
    expect(((await response.json()) as ProblemBody).code).toBe('malformed');
  });

  test('beyond its limit is too large, sooner where anybody may send', async () => {
    const text = 'x'.repeat(70_000);
    const problem = await client(server).refusal(open, { body: { text } });
    expect(problem).toMatchObject({ status: 413, code: 'too-large' });
    const whole = await person.refusal(echo, { params, body: { ...body, name: 'x'.repeat(17_000_000) } });
    expect(whole.code).toBe('too-large');
  });

  test('as a file arrives byte for byte, and an empty one is none', async () => {
    const name = 'Đề cương, 100%.txt';
    const file = { name, bytes: new Uint8Array(300_000).fill(7) };
    expect(await person.call(upload, { body: file })).toEqual({ bytes: 300_000, name });
    expect((await person.refusal(upload, { body: { name, bytes: new Uint8Array() } })).code).toBe(
      'malformed',
    );
  });

  test('as a file is named in a header, and never in an address', async () => {
    const file = { name: 'Danh sách đoàn.csv', bytes: new Uint8Array([1]) };
    const sent = requestOf(upload, { body: file }, 'vi');
    expect(sent.url).not.toMatch(/Danh|D%|\?/);
    expect((await person.refusal(upload, { body: { ...file, name: '' } })).faults).toMatchObject([
      { at: 'x-file-name' },
    ]);
  });

  test('from somebody who may not is not even read', async () => {
    const problem = await client(server).refusal(echo, { params, body: { name: 1 } as never });
    expect(problem.code).toBe('not-signed-in');
  });
});

function post(headers: Record<string, string>): Promise<Response> {
  return person.response(echo, { params, body, headers });
}

describe('a page of another site', () => {
  test.each([
    ['by its origin', { origin: 'https://ke-xau.example' }],
    ['by an origin that hides itself', { origin: 'null' }],
    ['by what the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['on another port of this machine', { origin: 'http://127.0.0.1:1' }],
  ])('may change nothing: known %s', async (_, headers) => {
    const response = await post(headers);
    expect(response.status).toBe(403);
    expect(((await response.json()) as ProblemBody).code).toBe('forbidden');
  });

  test('our own may, and a script without an origin', async () => {
    expect((await post({ origin: server.url })).status).toBe(200);
    expect((await post({})).status).toBe(200);
  });
});

describe('a failure inside', () => {
  test('is answered as failed, tells nothing of the inside, and the server lives on', async () => {
    const stranger = client(server);
    const problem = await stranger.refusal(broken);
    expect(problem).toMatchObject({ status: 500, code: 'failed' });
    expect(JSON.stringify(problem)).not.toMatch(/secret_table/);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  test('an answer that says more than its contract fails where answers are checked', async () => {
    expect((await client(server).refusal(talkative)).code).toBe('failed');
  });
});

describe('a document', () => {
  test('comes with its name and type', async () => {
    const response = await client(server).response(document);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toContain(
      `filename*=UTF-8''${encodeURIComponent('Báo cáo điểm danh.csv')}`,
    );
    expect(await response.text()).toBe('a,b\n1,2\n');
  });

  test('that fails before its first byte is a problem', async () => {
    const response = await client(server).response(document, { query: { fails: 'before' } });
    expect(response.headers.get('content-disposition')).toBeNull();
    expect(Problem.parse(await response.json()).code).toBe('wrong-state');
  });

  test('that fails midway is cut off, not ended', async () => {
    const read = async (): Promise<string> => {
      const response = await client(server).response(document, { query: { fails: 'midway' } });
      return await response.text();
    };
    await expect(read()).rejects.toThrow(/fetch failed|terminated/);
    await gone.promise;
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});

describe('an address that there is not', () => {
  test.each([
    ['GET', '/api/v1/nothing'],
    ['GET', '/api/v1/sign-out'],
    ['DELETE', '/api/v1/me'],
    ['GET', '/api/v1/test/echo/%ff'],
    ['POST', `/api/v1/test/echo/${'x'.repeat(65)}`],
    ['POST', '/api/v1/test/echo/a%00b'],
    ['GET', '/nothing.txt'],
  ])('is a problem: %s %s', async (method, path) => {
    const response = await person.fetch(path, { method });
    expect(response.status).toBe(404);
    expect(Problem.parse(await response.json()).code).toBe('not-found');
  });
});

test('a browser is told to run nothing that is not ours', async () => {
  const { headers } = await fetch(`${server.url}/healthz`);
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).toMatch(/script-src 'self'(;|$)/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port}`);
  expect(policy).not.toContain('upgrade-insecure-requests');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('strict-transport-security')).toBeNull();
});

test('the server says whether it is well', async () => {
  // Without what it does by itself: a job that waits for the connection taken away here would hold up the close.
  const other = await startTestServer({ capabilities: (own) => ({ ...capabilities(own), jobs: [] }) });
  expect(await (await fetch(`${other.url}/healthz`)).json()).toEqual({ status: 'ok' });
  await other.database.read.destroy();
  expect((await fetch(`${other.url}/healthz`)).status).toBe(503);
  await other.close();
});

test('closing lets a running request end, and may be done twice', async () => {
  const started = Promise.withResolvers<void>();
  const slow = contract({
    method: 'get',
    path: '/test/slow',
    summary: 'Takes its time',
    scope: { at: 'public' },
    answer: z.object({ done: z.boolean() }),
  });
  const other = await startTestServer({
    routes: [
      implement(slow, async () => {
        started.resolve();
        await new Promise((resolve) => setTimeout(resolve, 200));
        return { done: true };
      }),
    ],
  });
  const answer = client(other).call(slow);
  await started.promise;
  await Promise.all([other.close(), other.close().catch(() => undefined)]);
  expect(await answer).toEqual({ done: true });
  await expect(fetch(other.url)).rejects.toThrow('fetch failed');
});

test('a long answer is sent compressed to who takes that, and a short one never is', async () => {
  for (const [lines, takes, encoding] of [
    [500, 'gzip, deflate, br', 'gzip'],
    [500, 'identity', null],
    [2, 'gzip, deflate, br', null],
  ] as const) {
    const response = await fetch(`${server.url}/api/v1/test/long?lines=${lines}`, {
      headers: { 'accept-encoding': takes },
    });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('vary')).toMatch(/accept-encoding/i);
    const { lines: said } = long.answer.parse(await response.json());
    expect(said).toHaveLength(lines);
    expect(said.at(-1)).toBe(`Xã Đồng Ặng ${lines - 1}`);
  }
});

import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { api, contracts } from '../../domain/wire/api.ts';
import type { Contract, SentFile } from '../../domain/wire/contract.ts';
import { Problem } from '../../domain/wire/problem.ts';
import { clientMessages } from '../../domain/wire/sockets.ts';
import { openDevice, openStage, type Device, type Stage } from '../browser/stage.ts';
import { client, signIn, socket, type Client, type SignedInClient } from '../server/harness.ts';
import { routeSamples } from '../server/matrix-samples.ts';
import { partsOf } from './archive.ts';
import { exampleOf } from './example.ts';
import { NEVER_KEPT } from './never-kept.ts';
import { writeEverywhere, type Scene } from './scene.ts';
import {
  fieldName,
  hostileText,
  numbersIn,
  RAN,
  textFields,
  textsIn,
  textsOf,
  withText,
  type TextField,
} from './texts.ts';

let stage: Stage;
let scene: Scene;
let device: Device;
/** What every hostile text was written into, by its number. */
const writtenInto: string[] = [];
/** Texts with which a request was answered as one that is fine. */
const taken = new Set<string>();
const answers: { readonly name: string; readonly status: number; readonly type: string }[] = [];

const names = new Map<Contract, string>(Object.entries(contracts).map(([name, own]) => [own, name]));
function nextText(into: string, most: number): string {
  return hostileText(writtenInto.push(into) - 1, most);
}

/** A client whose requests are noted: what they brought, and how they were answered. */
function noted<Own extends Client>(own: Own): Own {
  const response: Client['response'] = async (contract, ...args) => {
    const answer = await own.response(contract, ...args);
    const name = names.get(contract) ?? '';
    answers.push({ name, status: answer.status, type: answer.headers.get('content-type') ?? '' });
    const { query, body } = (args[0] ?? {}) as { readonly query?: object; readonly body?: unknown };
    if (answer.ok) {
      const texts = [...textsIn(query, ['query']), ...textsIn(body, ['body'])];
      for (const [path, text] of texts) if (numbersIn(text).length > 0) taken.add(`${name} ${path}`);
    }
    return answer;
  };
  const call: Client['call'] = async (contract, ...args) => {
    const answer = await response(contract, ...args);
    if (!answer.ok) throw new Error(`${contract.method} ${contract.path}: ${await answer.text()}`);
    return (answer.status === 204 ? undefined : await answer.json()) as never;
  };
  return { ...own, response, call };
}

beforeAll(async () => {
  stage = await openStage();
  const { server } = stage;
  const token = server.setupLink?.split('#')[1] ?? '';
  await noted(client(server)).call(api.setUp, {
    body: { token, username: 'nguoi-dau', name: nextText('setUp', 200), password: nextText('setUp', 200) },
  });
  const organizer = await signIn(server, undefined, nextText('organizer', 200));
  scene = await writeEverywhere(server, noted(organizer), nextText);
  device = await openDevice(stage, organizer);
}, 120_000);
afterAll(() => stage.close());

/** Somebody with a passkey, whose roles allow everything: what they end or change is theirs. */
async function somebody(): Promise<SignedInClient> {
  const who = await signIn(stage.server);
  await stage.server.database.write('account').where({ id: who.account }).update({ password_hash: null });
  const passkey = { id: `khoa-${who.account}`, account: who.account, name: 'x', public_key: 'x' };
  await stage.server.database
    .write('passkey')
    .insert({ ...passkey, counter: 0, transports: '[]', created_at: stage.server.context().clock() });
  return noted(who);
}

/** Sends a field's sample with a hostile text in it: as the sample is, then with everything in it that the route knows. */
async function sendHostile(field: TextField): Promise<'taken' | 'refused there' | 'refused'> {
  const contract = contracts[field.route];
  const { conference, bridge, session, people, device: machine } = scene;
  const around = { conference, bridge, session, person: people[0] ?? '' };
  const who = await somebody();
  const sample = routeSamples[field.route]?.(around) ?? {};
  const own = field.route === 'namePasskey' ? { id: `khoa-${who.account}`, name: 'x' } : sample.body;
  const bodies =
    typeof contract.body === 'object' && contract.body !== null ? [own, exampleOf(contract.body)] : [own];
  // Of the name of a file the ending tells what is in it.
  const ending = contract.body === 'file' ? /\.\w+$/.exec((own as SentFile).name)?.[0] : undefined;
  const text = nextText(fieldName(field), field.most - (ending?.length ?? 0)) + (ending ?? '');
  let refusedThere = false;
  for (const body of bodies) {
    const base = { ...sample, body };
    const input = {
      ...base,
      params: { ...around, device: machine, version: '1', import: 'x', role: '1', ...sample.params },
      [field.part]: withText(base[field.part], field.path, text),
    };
    const answer = await who.response(contract, input as never);
    const said = await answer.text();
    expect(answer.status, `${fieldName(field)}: ${said}`).toBeLessThan(500);
    if (answer.ok) return 'taken';
    const { faults = [] } = Problem.parse(JSON.parse(said));
    refusedThere ||= faults.some(({ at }) => isAt(at, field.path));
  }
  return refusedThere ? 'refused there' : 'refused';
}

/** Whether a fault is at a field: its path has numbers where the field's has any place of a list. */
function isAt(fault: string, path: readonly string[]): boolean {
  const steps = fault.split('.');
  return path.every((step, at) => step === steps[at] || /^[[{]/.test(step));
}

describe('every text that somebody may send', () => {
  test('is sent here with something hostile in it', async () => {
    const untested: string[] = [];
    for (const field of textFields()) {
      const name = fieldName(field);
      if (taken.has(name)) continue;
      const became = await sendHostile(field);
      // An id of nothing, and words that the field itself does not take, are no texts.
      const isKnown = became !== 'refused' || field.isId || name in NEVER_KEPT;
      if (!isKnown) untested.push(name);
    }
    // Let one of tests/attacks/written-*.ts write it, or say in never-kept.ts why nothing of it is ever kept.
    expect(untested).toEqual([]);
    expect(Object.keys(NEVER_KEPT).filter((name) => taken.has(name))).toEqual([]);
    expect(taken.size).toBeGreaterThan(100);
  }, 120_000);

  test('on sockets too', async () => {
    const own = Object.entries(clientMessages).filter(([name]) => name !== 'attendance:record');
    const texts = own.flatMap(([name, { body }]) =>
      textsOf(body)
        .filter(({ isId }) => !isId)
        .map(({ path }) => `${name} ${path.join('.')}`),
    );
    // Events are those of the route that takes them, and sent there.
    expect(texts).toEqual(['device:hello name']);
    const line = await socket(stage.server, (await signIn(stage.server)).cookie);
    const { conference, bridge, device: machine } = scene;
    const hello = { conference, bridge, device: machine, waiting: 0, waitingSince: null };
    const name = nextText('device:hello name', 60);
    expect(await line.ask('device:hello', { ...hello, name })).toMatchObject({ ok: true });
    line.close();
  });
});

/** The pages of the application by their addresses, as the router has them, with the scene's ids. */
function pages(): string[] {
  const source = readFileSync(new URL('../../client/src/app/router.tsx', import.meta.url), 'utf8');
  const routes = [...source.matchAll(/const (\w+) = createRoute\(\{([^]*?)\n\}\);/g)].map(
    ([, name = '', own = '']) => ({
      name,
      under: /getParentRoute: \(\) => (\w+)/.exec(own)?.[1] ?? '',
      path: /\bpath: '([^']*)'/.exec(own)?.[1] ?? '',
    }),
  );
  const prefix = (name: string): string => {
    const found = routes.find((route) => route.name === name);
    return found === undefined ? '' : prefix(found.under) + found.path;
  };
  const ids: Readonly<Record<string, string>> = { ...scene, person: scene.people[0] ?? '' } as never;
  const paths = routes
    .filter(({ path }) => path !== '')
    .map(({ under, path }) =>
      (prefix(under) + path).replaceAll(/\$(\w+)/g, (_, id: string) => ids[id] ?? 'x'),
    );
  return [...new Set([...paths, '/api/reference/'])];
}

/** What no page of ours has by itself. */
const FOREIGN =
  'img[src="x"], svg[onload], script:not([src]), a[href^="javascript:"], [onerror], [onload], textarea + title';

/** Whatever of a hostile text became more than a text on the page that is open. */
function lookAt({ page }: Device) {
  return page.evaluate(
    ([ran, foreign]) => ({
      ran: ran in globalThis,
      foreign: [...document.querySelectorAll(foreign)].map((element) => element.outerHTML.slice(0, 200)),
      isHidden: getComputedStyle(document.body).display === 'none',
      text:
        document.body.innerText +
        [...document.querySelectorAll('input, textarea')]
          .map((own) => (own as HTMLInputElement).value)
          .join(' '),
      // What the policy refused would have no rules.
      unstyled: [...document.querySelectorAll('style')].filter(
        ({ sheet, textContent }) => textContent !== '' && (sheet?.cssRules.length ?? 0) === 0,
      ).length,
      sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    }),
    [RAN, FOREIGN] as const,
  );
}

/** The innermost elements that reach beyond the right edge. */
function tooWide({ page }: Device): Promise<string> {
  return page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    const wide = [...document.body.querySelectorAll('*')].filter(
      (own) => own.getBoundingClientRect().right > edge + 1,
    );
    const inner = wide.filter((own) => !wide.some((other) => other !== own && own.contains(other)));
    return inner
      .map((own) => `${own.tagName} ${own.className} ${own.parentElement?.className}`)
      .slice(0, 3)
      .join(' | ');
  });
}

describe('what was taken', () => {
  test('is shown as text on every page, and runs on none', async () => {
    const { page, faults } = device;
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const shown = new Set<number>();
    const wide: string[] = [];
    for (const path of pages()) {
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      const { text, sideways, ...found } = await lookAt(device);
      expect(found, `on ${path}`).toEqual({ ran: false, foreign: [], isHidden: false, unstyled: 0 });
      if (sideways > 0) wide.push(`${path}: ${await tooWide(device)}`);
      for (const number of numbersIn(text)) shown.add(number);
    }
    expect(wide).toEqual([]);
    // It was there to be seen.
    expect(new Set([...shown].map((number) => writtenInto[number])).size).toBeGreaterThan(30);
    expect(dialogs).toEqual([]);
    // Among them whatever the policy refused.
    expect(faults).toEqual([]);
  }, 180_000);

  test('leaves the server in no page of its own', async () => {
    // Answers whose kind a browser might guess.
    const guessed: string[] = [];
    for (const [name, contract] of Object.entries(contracts)) {
      if (contract.method !== 'get') continue;
      const params = { ...scene, person: scene.people[0] ?? '', version: '1' } as never;
      const answer = await noted(await signIn(stage.server)).response(contract, {
        params,
      });
      await answer.body?.cancel();
      if (answer.headers.get('x-content-type-options') !== 'nosniff') guessed.push(name);
    }
    expect(guessed).toEqual([]);
    const strange = answers.filter(({ name, status, type }) => {
      const kinds = (contracts as Readonly<Record<string, Contract>>)[name]?.streams ?? ['application/json'];
      return status !== 204 && ![...kinds, 'application/problem+json'].some((kind) => type.startsWith(kind));
    });
    expect(strange).toEqual([]);
    expect(new Set(answers.map(({ type }) => type.split(';')[0]))).not.toContain('text/html');
  });

  test('stands as text on the slips that are printed', async () => {
    const organizer = await signIn(stage.server);
    const { conference, root } = scene;
    await organizer.call(api.revokeCodes, { params: { conference, bridge: root } });
    const codes = await organizer.response(api.makeCodes, {
      params: { conference, bridge: root },
      body: { for: 'without-host' },
    });
    const files = Object.entries(partsOf(new Uint8Array(await codes.arrayBuffer())));
    const slips = files.filter(([name]) => name.endsWith('.html'));
    const { page } = await openDevice(stage, null);
    let hostile = 0;
    for (const [, html] of slips) {
      await page.setContent(html);
      const { text, ...found } = await lookAt({ page } as Device);
      expect(found).toMatchObject({ ran: false, foreign: [], isHidden: false });
      const tags = await page.evaluate(() => [
        ...new Set([...document.body.querySelectorAll('*')].map(({ tagName }) => tagName.toLowerCase())),
      ]);
      expect(tags.toSorted()).toEqual([
        'dd',
        'div',
        'dl',
        'dt',
        'h1',
        'h2',
        'li',
        'ol',
        'p',
        'path',
        'section',
        'svg',
      ]);
      hostile += numbersIn(text).length;
    }
    expect(hostile).toBeGreaterThan(2);
  });
});

test('nothing could run: text that becomes a script, a handler or an address is refused by the policy', async () => {
  const { page } = await openDevice(stage, null);
  await page.goto('/');
  const ran = await page.evaluate(async () => {
    const own = globalThis as unknown as Record<string, number>;
    const tries: (() => unknown)[] = [
      () => document.body.append(Object.assign(document.createElement('script'), { textContent: 'own1=1' })),
      () => document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="own2=1">'),
      () => document.body.insertAdjacentHTML('beforeend', '<style>body{color:rgb(1,2,3)}</style>'),
      () =>
        document.body.append(
          Object.assign(document.createElement('iframe'), { src: 'https://evil.example/' }),
        ),
    ];
    for (const attempt of tries) {
      try {
        attempt();
      } catch {
        // Refused: that is what is hoped for.
      }
    }
    await new Promise((resolve) => void setTimeout(resolve, 300));
    return {
      scripts: ['own1', 'own2'].filter((name) => name in own),
      isStyled: getComputedStyle(document.body).color === 'rgb(1, 2, 3)',
    };
  });
  expect(ran).toEqual({ scripts: [], isStyled: false });
});

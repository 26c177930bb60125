import { AccountId } from '../../../domain/ids.ts';
import type { Grant } from '../../../domain/wire/access.ts';
import { api } from '../../../domain/wire/api.ts';
import type { AnswerOf, Contract } from '../../../domain/wire/contract.ts';
import { Problem } from '../../../domain/wire/problem.ts';
import type { Entered } from '../../../domain/wire/sign-in.ts';
import { addAccount, addGrant } from '../../../server/access/store.ts';
import { hashed } from './hashed.ts';
import { client, type Sent, type TestServer } from '../harness.ts';

export const PASSWORD = 'trời xanh mây trắng';
let kept: Promise<string> | undefined;

export interface Person {
  readonly account: AccountId;
  readonly username: string;
}

let people = 0;

/** Somebody with a password, and the given roles. */
export async function person(
  server: TestServer,
  grants: readonly (Pick<Grant, 'role' | 'conference' | 'bridge'> & Partial<Grant>)[] = [],
  username = `nguoi-${(people += 1)}`,
): Promise<Person> {
  kept ??= hashed(PASSWORD);
  const account = AccountId.parse(server.context().newId());
  const now = server.context().clock();
  const row = { id: account, username, name: 'Ngô Thị Thử', password_hash: await kept, created_at: now };
  await addAccount(server.database.write, row);
  for (const grant of grants) await addGrant(server.database.write, account, grant, now);
  return { account, username };
}

type Args<C extends Contract> = object extends Sent<C> ? [sent?: Sent<C>] : [sent: Sent<C>];

/** A browser that keeps the cookies that it is given. */
export interface Browser {
  readonly cookies: Map<string, string>;
  header(): string;
  response<C extends Contract>(contract: C, ...args: Args<C>): Promise<Response>;
  call<C extends Contract>(contract: C, ...args: Args<C>): Promise<AnswerOf<C>>;
  refusal<C extends Contract>(contract: C, ...args: Args<C>): Promise<Problem>;
}

export function openBrowser(server: TestServer, cookies = new Map<string, string>()): Browser {
  const header = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response: Browser['response'] = async (contract, ...args) => {
    const answer = await client(server, header()).response(contract, ...args);
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const at = pair.indexOf('=');
      if (at === pair.length - 1) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  };
  return {
    cookies,
    header,
    response,
    async call(contract, ...args) {
      const answer = await response(contract, ...args);
      if (!answer.ok) throw new Error(`${contract.path}: ${await answer.text()}`);
      return (answer.status === 204 ? undefined : await answer.json()) as AnswerOf<typeof contract>;
    },
    async refusal(contract, ...args) {
      const answer = await response(contract, ...args);
      if (answer.ok) throw new Error(`${contract.path} was not refused`);
      return Problem.parse(await answer.json());
    },
  };
}

/** Signs in with the password of everybody here. */
export async function comeIn(browser: Browser, { username }: Person): Promise<Entered> {
  return await browser.call(api.signIn, { body: { username, password: PASSWORD } });
}

/** A browser in which somebody is signed in. */
export async function signedIn(server: TestServer, who: Person): Promise<Browser> {
  const browser = openBrowser(server);
  const { step } = await comeIn(browser, who);
  if (step !== 'in') throw new Error(`not in, but ${step}`);
  return browser;
}

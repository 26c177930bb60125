import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Provider } from 'oidc-provider';

/** Somebody whom the provider knows. */
export interface Known {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly preferred_username?: string;
}

export interface RunningProvider {
  readonly issuer: string;
  /** Goes through the provider's pages as `who` from an address of the authorization on. Answers with where it leads back to. */
  visit(url: string, who: Known): Promise<string>;
  /** What the provider answers to the token request in the place of the truth. */
  lie: ((answer: Record<string, unknown>) => Record<string, unknown>) | null;
  close(): Promise<void>;
}

export const CLIENT = {
  id: 'nhipcau',
  secret: 'bí mật của máy chủ'.normalize('NFD').replaceAll(/[^a-z]/g, ''),
};

/** A real provider of OpenID Connect, with the pages that `oidc-provider` has for trying it out. */
export async function startProvider(redirect: string): Promise<RunningProvider> {
  const people = new Map<string, Known>();
  const http = createServer();
  await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [redirect],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['preferred_username'] },
    pkce: { required: () => true },
    cookies: { keys: ['a key of the test'] },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    features: { devInteractions: { enabled: true } },
    findAccount: (_context: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ ...people.get(sub), sub }),
    }),
  });
  const running: RunningProvider = {
    issuer,
    lie: null,
    async visit(start, who) {
      people.set(who.sub, who);
      const cookies = new Map<string, string>();
      let url = start;
      let form: URLSearchParams | null = null;
      for (let steps = 0; steps < 20; steps++) {
        const response: Response = await fetch(url, {
          redirect: 'manual',
          method: form === null ? 'GET' : 'POST',
          headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
          ...(form !== null && { body: form }),
        });
        for (const set of response.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
          cookies.set(name, value);
        }
        const location = response.headers.get('location');
        if (location !== null) {
          url = new URL(location, url).href;
          form = null;
          if (!url.startsWith(issuer)) return url;
          continue;
        }
        const page = await response.text();
        const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
        if (action === undefined) throw new Error(page);
        url = new URL(action, url).href;
        form = new URLSearchParams(
          page.includes('name="login"')
            ? { prompt: 'login', login: who.sub, password: 'x' }
            : { prompt: 'consent' },
        );
      }
      throw new Error('the provider leads in circles');
    },
    close: () => new Promise((resolve) => void http.close(() => resolve())),
  };
  provider.use(async (context, next) => {
    await next();
    if (context.path === '/token' && running.lie !== null)
      context.body = running.lie(context.body as Record<string, unknown>);
  });
  const serve = provider.callback();
  http.on('request', (request, response) => serve(request, response));
  return running;
}

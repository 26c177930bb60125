import * as client from 'openid-client';

import type { SingleSignOnSettings } from '../platform/config.ts';

/** What this server must remember while somebody is with the provider. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE: whoever steals the code on its way cannot use it. */
  readonly verifier: string;
}

/** Whom the provider vouches for. */
export interface Vouched {
  readonly subject: string;
  /** Only where the provider says that it has verified it. */
  readonly email: string | null;
  readonly username: string | null;
  /** Whether the provider asked for more than one factor. */
  readonly strong: boolean;
}

export interface Provider {
  readonly settings: SingleSignOnSettings;
  /** Where to send somebody, and what to remember. Throws where the provider cannot be reached. */
  begin(redirect: string): Promise<Attempt & { readonly url: string }>;
  /** Redeems what came back. Throws where anything about it is not right. */
  finish(redirect: string, query: string, attempt: Attempt): Promise<Vouched>;
}

const TIMEOUT_S = 10;
/** The provider's addresses and keys are looked up again after so long. */
const KNOWN_MS = 3_600_000;
const SCOPE = 'openid profile email';

/** The provider of the settings. It is asked for its addresses when somebody first comes, not at the start: it may be away then. */
export function createProvider(settings: SingleSignOnSettings, clock: () => number): Provider {
  let known: { readonly at: number; readonly configuration: Promise<client.Configuration> } | null = null;

  const discover = (): Promise<client.Configuration> => {
    const issuer = new URL(settings.issuer);
    // Only a provider on this very machine may go without https; the settings refuse any other.
    const insecure = issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [];
    // The signature of its tokens is checked too, also where the line to it can be trusted.
    const execute = [...insecure, client.enableNonRepudiationChecks];
    const secret = settings.clientSecret ?? undefined;
    const authentication = secret === undefined ? client.None() : client.ClientSecretBasic(secret);
    return client.discovery(issuer, settings.clientId, secret, authentication, {
      execute,
      timeout: TIMEOUT_S,
    });
  };
  const configuration = (): Promise<client.Configuration> => {
    if (known === null || Math.abs(clock() - known.at) > KNOWN_MS) {
      const asked = { at: clock(), configuration: discover() };
      known = asked;
      // What failed is asked again by the next.
      asked.configuration.catch(() => {
        if (known === asked) known = null;
      });
    }
    return known.configuration;
  };

  return {
    settings,

    async begin(redirect) {
      const found = await configuration();
      const attempt = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(found, {
        redirect_uri: redirect,
        scope: SCOPE,
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
      });
      return { ...attempt, url: url.href };
    },

    async finish(redirect, query, attempt) {
      const found = await configuration();
      const address = new URL(redirect);
      address.search = query;
      const tokens = await client.authorizationCodeGrant(found, address, {
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        pkceCodeVerifier: attempt.verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error('no ID token');
      // Many providers tell a name and an address only when asked for them.
      const asked = found.serverMetadata().userinfo_endpoint !== undefined;
      const more = asked ? await client.fetchUserInfo(found, tokens.access_token, claims.sub) : {};
      return vouched({ ...more, ...claims });
    },
  };
}

function vouched(claims: Readonly<Record<string, unknown>>): Vouched {
  const { sub, email, email_verified: verified, preferred_username: username, amr } = claims;
  return {
    subject: String(sub),
    email: typeof email === 'string' && verified === true ? email.normalize('NFC').toLowerCase() : null,
    username: typeof username === 'string' ? username.normalize('NFC').toLowerCase() : null,
    // RFC 8176
    strong: Array.isArray(amr) && amr.includes('mfa'),
  };
}

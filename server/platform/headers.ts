import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

import { API_PREFIX } from '../../domain/wire/request.ts';

/** What pages may use of a machine: camera and microphone for the conference itself, and nothing that no page asks for. */
const PERMISSIONS = [
  'camera=(self)',
  'microphone=(self)',
  'display-capture=(self)',
  'fullscreen=(self)',
  ...['geolocation', 'payment', 'usb', 'serial', 'hid', 'bluetooth', 'midi', 'browsing-topics'].map(
    (feature) => `${feature}=()`,
  ),
].join(', ');

/**
 * Headers of every answer. Pages get scripts only out of files of this server, and styles out of its files or with the nonce of
 * this one page; the API gets nothing at all, as its answers are data.
 *
 * @param isStrict whether browsers may be told never to come by plain HTTP again
 */
export function securityHeaders(publicUrl: string | null, isStrict = false): RequestHandler {
  const [plain, secure] = [false, true].map((isSecure) => ({
    api: helmet({ ...common(isSecure, isStrict), contentSecurityPolicy: NOTHING }),
    pages: helmet({ ...common(isSecure, isStrict), contentSecurityPolicy: pagePolicy(isSecure) }),
    codeReader: helmet({ ...common(isSecure, isStrict), contentSecurityPolicy: CODE_READER_POLICY }),
  })) as [Kinds, Kinds];
  return (request, response, next) => {
    if (isPlainAsset(request.path)) {
      assetHeaders(response);
      next();
      return;
    }
    response.setHeader('Permissions-Policy', PERMISSIONS);
    const isApi = request.path.startsWith(`${API_PREFIX}/`);
    const kinds = isSecureTo(request, publicUrl) ? secure : plain;
    const kind = isApi ? 'api' : CODE_READER.test(request.path) ? 'codeReader' : 'pages';
    kinds[kind](request, response, next);
  };
}

type Kinds = Readonly<Record<'api' | 'pages' | 'codeReader', ReturnType<typeof helmet>>>;

/** The thread of a page that reads codes out of pictures, as the build names its file. */
const CODE_READER = /^\/assets\/codeReader\.worker-[\w-]+\.js$/;

/**
 * Files that pages are made of go by the policy of the page that takes them in. They are many, so that a kilobyte of headers on each
 * would weigh as much as the fonts do.
 */
function isPlainAsset(path: string): boolean {
  return PLAIN_ASSET.test(path) && !CODE_READER.test(path);
}
const PLAIN_ASSET = /^\/(assets\/|scheme\.js$|icon[\w-]*\.(svg|png)$)/;

/** What is left for them: no other site takes them in, none is taken for another kind of file, and opened by itself it does nothing. */
function assetHeaders(response: Response): void {
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('X-Content-Type-Options', 'nosniff');
}

/** A thread goes by the policy of its own file: this one alone runs WebAssembly, out of a file of this server. */
const CODE_READER_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
    connectSrc: ["'self'"],
  },
};

/** Whether the browser reached us by HTTPS, our own or a proxy's. */
export function isSecureTo(request: Request, publicUrl: string | null): boolean {
  return request.secure || (publicUrl?.startsWith('https:') ?? false);
}

/** The nonce of a page's styles, the same for header and page. */
export function styleNonce({ locals }: Pick<Response, 'locals'>): string {
  return (locals['styleNonce'] ??= randomBytes(16).toString('base64')) as string;
}

const NOTHING = {
  useDefaults: false,
  directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
};

/** How long a browser refuses plain HTTP afterwards, in seconds. Only of this very name: others below it are none of ours. */
const STRICT = { maxAge: 180 * 86_400, includeSubDomains: false };

function common(isSecure: boolean, isStrict: boolean) {
  return {
    strictTransportSecurity: isSecure && isStrict && STRICT,
    // Over plain HTTP, as in an office's own network, browsers refuse these two and say so in their console.
    crossOriginOpenerPolicy: isSecure,
    originAgentCluster: isSecure,
  };
}

/** Sockets are named, as older browsers do not count them to 'self'. */
function pagePolicy(isSecure: boolean) {
  const sockets = ({ headers: { host } }: IncomingMessage): string =>
    host !== undefined && /^[\w.:[\]-]+$/.test(host) ? `${isSecure ? 'wss' : 'ws'}://${host}` : "'self'";
  return {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      // The component library writes its variables into elements of their own, which carry the nonce.
      styleSrc: [
        "'self'",
        (_request: IncomingMessage, response: ServerResponse) =>
          `'nonce-${styleNonce(response as unknown as Response)}'`,
      ],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'", sockets],
      workerSrc: ["'self'"],
      manifestSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  };
}

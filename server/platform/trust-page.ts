import { createHash, type X509Certificate } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { renderSVG } from 'uqr';

import { escapeHtml } from '../../domain/text/html.ts';
import type { Language } from '../../domain/text/language.ts';
import { civilDateOf, type Instant } from '../../domain/time.ts';
import { STEP_THREE, TRUST_WORDS } from './trust-sentences.ts';

/** What the page is about. */
export interface Trusted {
  readonly authority: X509Certificate;
  /** Names and addresses that the server's certificate is for. */
  readonly names: readonly string[];
  /** Where people go afterwards. */
  readonly publicUrl: string;
}

export const TRUST_PATH = '/trust';
const DER = `${TRUST_PATH}/nhipcau-authority.crt`;
const PEM = `${TRUST_PATH}/nhipcau-authority.pem`;

/**
 * Answers what is asked for under `/trust`: the page, and the certificate of the authority in both forms. It is meant for
 * plain HTTP as well, as it comes before HTTPS works; what is asked by telephone makes up for that.
 *
 * @returns whether it was asked for
 */
export function serveTrust(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  response: ServerResponse,
  trusted: Trusted | null,
): boolean {
  const path = request.url?.split('?')[0] ?? '';
  if (trusted === null || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
  const answer = answerFor(path, trusted, request.headers.host);
  if (answer === null) return false;
  response.writeHead(200, {
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Content-Security-Policy': `default-src 'none'; style-src '${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'Content-Length': answer.body.length,
    ...answer.headers,
  });
  response.end(request.method === 'HEAD' ? undefined : answer.body);
  return true;
}

interface Answer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

function answerFor(path: string, trusted: Trusted, host: string | undefined): Answer | null {
  const { authority } = trusted;
  switch (path) {
    case TRUST_PATH:
    case `${TRUST_PATH}/`:
      return {
        headers: { 'Content-Type': 'text/html; charset=utf-8' },
        body: Buffer.from(trustPage(trusted, host ?? new URL(trusted.publicUrl).host)),
      };
    case DER:
      // The type by which Android and iOS know it.
      return {
        headers: { 'Content-Type': 'application/x-x509-ca-cert', ...asFile('nhipcau-authority.crt') },
        body: authority.raw,
      };
    case PEM:
      return {
        headers: { 'Content-Type': 'application/x-pem-file', ...asFile('nhipcau-authority.pem') },
        body: Buffer.from(authority.toString()),
      };
    default:
      return null;
  }
}

function asFile(name: string): Record<string, string> {
  return { 'Content-Disposition': `attachment; filename="${name}"` };
}

const STYLE = `
:root{color-scheme:light}
body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:46rem;padding:1rem;color:#111;background:#fff}
h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.15rem;margin:1.5rem 0 .5rem}h3{font-size:1rem;margin:1rem 0 .25rem}
a{color:#0b4f9c}code{font:1.05rem/1.6 ui-monospace,Consolas,monospace;overflow-wrap:anywhere}
.mark{border:2px solid #111;padding:.75rem 1rem;margin:1rem 0}
.get{display:inline-block;border:2px solid #0b4f9c;padding:.5rem 1rem;font-weight:600}
ol{padding-left:1.5rem;margin:.25rem 0}svg{width:9rem;height:9rem;display:block}
@media print{body{max-width:none;font-size:10pt}section{break-before:page}section:first-of-type{break-before:auto}h3{break-after:avoid}}
`;
const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`;

/** The page in both languages, Vietnamese first. It has no script: it has to work before anything else does. */
function trustPage(trusted: Trusted, host: string): string {
  const url = escapeHtml(`http://${host}${TRUST_PATH}`);
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(TRUST_WORDS.vi.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${part('vi', trusted)}
<figure aria-label="${url}">${renderSVG(`http://${host}${TRUST_PATH}`, { border: 1 })}<figcaption><code>${url}</code></figcaption></figure>
${part('en', trusted)}
</main>
</body>
</html>
`;
}

function part(language: Language, { authority, names, publicUrl }: Trusted): string {
  const words = TRUST_WORDS[language];
  const until = civilDateOf(Date.parse(authority.validTo) as Instant);
  const [, name = ''] = /^CN=(.*)$/m.exec(authority.subject) ?? [];
  const howTos = words.howTos.map(
    ({ system, steps }) =>
      `<h3>${escapeHtml(system)}</h3>\n<ol>${steps.map((step) => `<li>${escapeHtml(step)}</li>`).join('\n')}</ol>`,
  );
  const heading = language === 'vi' ? 'h1' : 'h2';
  return `<section lang="${language}">
<${heading}>${escapeHtml(words.title)}</${heading}>
<p>${escapeHtml(words.why)}</p>
<p>${escapeHtml(words.names)} <strong>${names.map(escapeHtml).join(', ')}</strong></p>
<h2>${escapeHtml(words.download)}</h2>
<p><a class="get" href="${DER}">nhipcau-authority.crt</a></p>
<p><a href="${PEM}">${escapeHtml(words.forLinux)}</a></p>
<h2>${escapeHtml(words.compareTitle)}</h2>
<p>${escapeHtml(words.compare)}</p>
<div class="mark">
<p>${escapeHtml(words.sha256)}:<br><code>${groups(authority.fingerprint256)}</code></p>
<p>${escapeHtml(words.sha1)}:<br><code>${groups(authority.fingerprint)}</code></p>
<p><strong>${escapeHtml(unquoted(name))}</strong><br>${escapeHtml(words.validUntil)} ${until.split('-').toReversed().join('/')}</p>
</div>
<h2>${escapeHtml(STEP_THREE[language])}</h2>
${howTos.join('\n')}
<h2>${escapeHtml(words.done)}</h2>
<p><a href="${escapeHtml(publicUrl)}">${escapeHtml(publicUrl)}</a></p>
<p>${escapeHtml(words.undo)}</p>
</section>`;
}

/** Four bytes to a group: as much as is read over a telephone at a time. */
export function groups(fingerprint: string): string {
  return fingerprint.replaceAll(':', '').replaceAll(/(.{8})(?=.)/g, '$1 ');
}

/** The subject as node writes it escapes letters beyond ASCII by nothing, and some signs by a backslash. */
function unquoted(name: string): string {
  return name.replaceAll(/\\(.)/g, '$1');
}

import { createHash } from 'node:crypto';

import type { Language, Sentence } from '../../domain/text/language.ts';
import { html, ownMarkup, type Html } from '../platform/html.ts';

/** A page of a sentence, in the place of the one that was asked for. */
export function sentencePage(
  { title, text }: { readonly title: Sentence; readonly text: Sentence },
  language: Language,
): string {
  return framed(
    title,
    language,
    html`<h1>${title[language]}</h1>
      <p>${text[language]}</p>`,
  );
}

/** Colours and measures that Android 5 knows: no variables, no grid, no gaps in flexible boxes. */
const STYLE =
  'body{margin:0 auto;max-width:40rem;padding:0 1rem 2rem;font:1.0625rem/1.5 system-ui,-apple-system,Roboto,sans-serif;color:#16202b;background:#fff;overflow-wrap:break-word;word-wrap:break-word}' +
  'h1{font-size:1.5rem;line-height:1.35;margin:.25rem 0 .75rem;color:#a01220}h2{font-size:1.2rem;line-height:1.35;margin:2rem 0 .5rem;padding-top:1rem;border-top:1px solid #c9d1da}' +
  '.to{text-align:right;margin:0}.to a{display:inline-block;padding:.6rem 0}.of{margin:0;color:#4a5663}a{color:#1a5687}small{color:#4a5663;font-size:.875rem}' +
  'dl{margin:1rem 0}dt{color:#4a5663;margin-top:.6rem}dd{margin:0}.seat{font-size:1.3rem}' +
  '.done,.off,.faults{border:2px solid #1d6b3a;border-radius:6px;padding:.75rem 1rem}.off,.faults{border-color:#a01220}' +
  'button,.deed,summary{display:inline-block;box-sizing:border-box;min-height:2.75rem;font:inherit;font-weight:600;line-height:1.5;padding:.55rem 1rem;border:2px solid #1a5687;border-radius:6px;background:#fff;color:#1a5687;cursor:pointer;text-decoration:none}' +
  'button{background:#1a5687;color:#fff;width:100%}form{margin:.75rem 0}details{margin:.75rem 0}summary{display:block;text-align:center}' +
  'label{display:block;font-weight:600;margin-top:.75rem}input,textarea{box-sizing:border-box;width:100%;min-height:2.75rem;font:inherit;padding:.5rem;border:1px solid #5d6b7a;border-radius:6px;background:#fff;color:#16202b}' +
  'textarea{min-height:5rem}.fault{color:#a01220;margin:.25rem 0}[aria-invalid]{border:2px solid #a01220}details button{margin-top:1rem}' +
  'a:focus,button:focus,summary:focus,input:focus,textarea:focus{outline:3px solid #c98a00;outline-offset:2px}' +
  'svg{display:block;width:17rem;max-width:100%;height:auto;background:#fff;fill:#000}li{margin:.4rem 0}ul a{display:inline-block;padding:.5rem 0}ol,ul{padding-left:1.5rem}' +
  '.own{margin-top:2rem;padding-top:1rem;border-top:1px solid #c9d1da;color:#4a5663}' +
  '@media(prefers-color-scheme:dark){body{color:#e8edf2;background:#14181d}h1,.fault{color:#ff9b9b}a{color:#8cc4f2}.of,dt,small,.own{color:#b4bfca}h2,.own{border-color:#3b4652}' +
  '.deed,summary{background:#14181d;color:#8cc4f2;border-color:#8cc4f2}input,textarea{background:#1d242b;color:#e8edf2;border-color:#8895a3}.done{border-color:#6fce94}.off,.faults,[aria-invalid]{border-color:#ff9b9b}}' +
  '@media print{.to,form,details,.deed,.deed+br+small{display:none}body{max-width:none;font-size:11pt}}';

/** Its text is what the policy names by its hash: not a blank more. */
const STYLE_ELEMENT = ownMarkup(`<style>${STYLE}</style>`);

/**
 * What the page may do: its own style, and its forms to this server. Addresses of papers and answers bear the letter, so that no
 * other site is told where somebody comes from; our own forms have to say so, as a form of nobody is refused.
 */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex, nofollow',
};

/** A whole page in the look of them all. */
export function framed(title: Sentence, language: Language, body: Html): string {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no" />
        <title>${title[language]} · Nhịp Cầu</title>
        <link rel="icon" href="/icon.svg" />
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `.markup;
}

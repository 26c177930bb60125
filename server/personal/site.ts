import express, {
  Router,
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { z } from 'zod';

import { readAnswer, typedAnswer, type SaidOnPage } from '../../domain/personal/answer-form.ts';
import type { PersonalLink } from '../../domain/personal/link.ts';
import type { Result } from '../../domain/result.ts';
import { Language } from '../../domain/text/language.ts';
import type { Context } from '../platform/context.ts';
import { sendDocument, type Document } from '../platform/endpoint.ts';
import type { Site } from '../platform/http.ts';
import { createLimiter, lineOf, MOST_KEYS, REQUEST_RATES } from '../platform/limits.ts';
import type { Notice, PersonalContent, Unsent } from './content.ts';
import { PAGE_HEADERS, sentencePage } from './frame.ts';
import { PERSONAL_PATH, personalUrl, signedLink } from './links.ts';
import { personalPage } from './page.ts';
import { FAILED, NO_SUCH_PAGE, NO_SUCH_PAPER_HERE, TOO_OFTEN } from './sentences.ts';

/** What the pages show and do, for whoever comes by a link that was signed here. */
export interface PersonalParts {
  /** Null where there is no such invitation, where its letter has not gone, or where the link is void. */
  readonly content: (context: Context, link: PersonalLink) => Promise<PersonalContent | null>;
  /** Enters that somebody opened their page. */
  readonly opened: (context: Context, link: PersonalLink) => Promise<void>;
  readonly answer: (
    context: Context,
    link: PersonalLink,
    said: SaidOnPage,
  ) => Promise<Result<null, { readonly reason: 'not now' }>>;
  /** Null where nothing is to be held. */
  readonly calendar: (context: Context, link: PersonalLink) => Promise<Document | null>;
  /** Null where the conference has no paper of this id. */
  readonly paper: (context: Context, link: PersonalLink, paper: string) => Promise<Document | null>;
}

/** Of one letter: a page is opened and answered by one person. */
const OF_A_LETTER = {
  looks: { perSecond: 1, atOnce: 60 },
  answers: { perSecond: 0.1, atOnce: 12 },
} as const;
/** A form of six fields in two-byte letters, percent-encoded. */
const LONGEST_FORM = 16 * 1024;

const Query = z.object({
  letter: z.string().max(200),
  language: Language.catch('vi').default('vi'),
  paper: z.string().max(64).catch(''),
  said: z.enum(['sent', 'not-now']).nullable().catch(null),
});
type Asked = z.infer<typeof Query>;

/**
 * The pages of those who are invited, by links that are signed here: HTML out of this server, without a script. Whatever is wrong with a
 * link, whoever comes by it is told the same. The letter stands in the query, which no log has.
 */
export function personalSite(parts: PersonalParts): Site {
  return (app, { contextOf, rateFactor = 1 }) => {
    const isWithin = limits(rateFactor);
    /** Whoever comes by a link of ours, as often as they may; all others are told so in a page. */
    const visited =
      (page: (visit: Visit, request: Request, response: Response) => Promise<void>): RequestHandler =>
      async (request, response) => {
        response.set(PAGE_HEADERS);
        const asked = Query.safeParse({ language: undefined, paper: '', said: null, ...request.query });
        const language = asked.success ? asked.data.language : 'vi';
        const context = contextOf(request, language);
        if (!isWithin('address', lineOf(request.ip ?? ''))) {
          refuse(response, language, 'too often');
          return;
        }
        const link = asked.success ? signedLink(context, asked.data.letter) : null;
        if (!asked.success || link === null) {
          refuse(response, language, 'no such page');
          return;
        }
        if (!isWithin(request.method === 'POST' ? 'answers' : 'looks', link.invitation)) {
          refuse(response, language, 'too often');
          return;
        }
        const content = await parts.content(context, link);
        if (content === null) refuse(response, language, 'no such page');
        else await page({ context, link, content, ...asked.data }, request, response);
      };

    const router = Router({ caseSensitive: true, strict: true });
    router.get(
      '/',
      visited(async (visit, request, response) => {
        show(visit, response, SAID[visit.said ?? 'nothing']);
        // What fetches a page before anybody looks at it says so.
        const isAhead = /prefetch/i.test(request.get('sec-purpose') ?? request.get('purpose') ?? '');
        if (request.method === 'GET' && !isAhead) await parts.opened(visit.context, visit.link);
      }),
    );
    router.post(
      '/',
      express.urlencoded({ extended: false, limit: LONGEST_FORM, parameterLimit: 20, inflate: false }),
      visited((visit, request, response) => answer(parts, visit, request.body, response)),
    );
    router.get(
      '/calendar',
      visited(async ({ context, link, language }, _request, response) => {
        const file = await parts.calendar(context, link);
        if (file === null) refuse(response, language, 'no such page');
        else await sendDocument(file, response);
      }),
    );
    router.get(
      '/paper',
      visited(async ({ context, link, language, paper }, _request, response) => {
        const file = await parts.paper(context, link, paper);
        if (file === null) refuse(response, language, 'no such paper');
        else await sendDocument(file, response);
      }),
    );
    router.use((_request, response) => {
      response.set(PAGE_HEADERS);
      refuse(response, 'vi', 'no such page');
    });
    router.use(failed);
    app.use(PERSONAL_PATH, router);
  };
}

/** What stands over the page, and with which status it goes. */
interface After {
  readonly status: number;
  readonly notice?: Notice;
  readonly unsent?: Unsent;
}
const SAID: Readonly<Record<NonNullable<Asked['said']> | 'nothing', After>> = {
  nothing: { status: 200 },
  sent: { status: 200, notice: 'sent' },
  'not-now': { status: 409, notice: 'not now' },
};

function show({ content, letter, language }: Visit, response: Response, after: After): void {
  const { status, notice = null, unsent = null } = after;
  response.status(status).type('html');
  response.send(personalPage(content, { letter, language, notice, unsent }));
}

/** Takes an answer, and goes on to the page by another address, so that loading that one again sends nothing. */
async function answer(parts: PersonalParts, visit: Visit, body: unknown, response: Response): Promise<void> {
  const sent = (body ?? {}) as Readonly<Record<string, unknown>>;
  const typed = typedAnswer(sent);
  const read = readAnswer(sent['answer'], typed);
  if (read.ok) {
    const taken = await parts.answer(visit.context, visit.link, read.value);
    const said = taken.ok ? 'sent' : 'not-now';
    response.redirect(303, personalUrl(visit.letter, visit.language, '', { said }));
  } else if (read.reason === 'no answer') {
    show(visit, response, { status: 422, notice: 'no answer' });
  } else {
    const form = sent['answer'] === 'substitute' ? 'substitute' : 'not-coming';
    show(visit, response, { status: 422, unsent: { form, typed, faults: read.faults } });
  }
}

/** Somebody by a link of ours, with what they asked for. */
interface Visit extends Asked {
  readonly context: Context;
  readonly link: PersonalLink;
  readonly content: PersonalContent;
}

function limits(factor: number) {
  const limiter = ({ perSecond, atOnce }: { readonly perSecond: number; readonly atOnce: number }) =>
    createLimiter({ perSecond: perSecond * factor, atOnce: Math.ceil(atOnce * factor) }, MOST_KEYS);
  const limiters = {
    address: limiter(REQUEST_RATES.strangers),
    looks: limiter(OF_A_LETTER.looks),
    answers: limiter(OF_A_LETTER.answers),
  };
  return (kind: keyof typeof limiters, key: string): boolean => limiters[kind].take(key) === 0;
}

const REFUSALS = {
  'no such page': { status: 404, words: NO_SUCH_PAGE },
  'no such paper': { status: 404, words: NO_SUCH_PAPER_HERE },
  'too often': { status: 429, words: TOO_OFTEN },
  failed: { status: 500, words: FAILED },
} as const;

/** Says in a page why the one that was asked for is not there. */
function refuse(response: Response, language: Language, why: keyof typeof REFUSALS): void {
  const { status, words } = REFUSALS[why];
  if (why === 'too often') response.setHeader('Retry-After', '60');
  response.status(status).type('html').send(sentencePage(words, language));
}

/** A form that is longer than ours, or in another encoding, is no form of these pages; all else is our failure. */
const failed: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) {
    request.log.error({ err: error }, 'failed after the answer had begun');
    if (!response.writableEnded) response.destroy();
    return;
  }
  response.set(PAGE_HEADERS);
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  if (status >= 400 && status < 500) {
    refuse(response, 'vi', 'no such page');
    return;
  }
  request.log.error({ err: error }, 'request failed');
  refuse(response, 'vi', 'failed');
  void next;
};

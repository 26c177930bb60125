import { z } from 'zod';

import { LETTER_STATES, LetterId, LetterState, LetterStep } from '../mail/letter.ts';
import { Instant } from '../time.ts';
import { contract, page, PageBody } from './contract.ts';

/** A letter in a list: to whom, about what, and where it stands. */
const LetterRow = z.object({
  id: LetterId,
  toName: z.string().nullable(),
  toAddress: z.string(),
  subject: z.string(),
  state: LetterState,
  /** Since when it is in its state. */
  stateAt: Instant,
  queuedAt: Instant,
  /** When it is tried next, as long as it waits. */
  dueAt: Instant,
  tries: z.int(),
  /** Of a letter that did not go at once: the mail server's own words. */
  said: z.string().nullable(),
});
export type LetterRow = z.infer<typeof LetterRow>;

/** A letter as it goes, or went: what its receiver's program is given. */
const Letter = LetterRow.extend({
  from: z.string().nullable(),
  replyTo: z.string().nullable(),
  text: z.string(),
  /** A whole page made by the server, to be shown in a frame without scripts or network; null where the letter has text alone. */
  html: z.string().nullable(),
  /** What goes along: a calendar by its method. */
  calendar: z.string().nullable(),
  steps: z.array(z.object({ step: LetterStep, at: Instant, said: z.string().nullable() })),
});
export type Letter = z.infer<typeof Letter>;

/** How mail is sent, in words that are true now. */
const Line = z.object({
  kind: z.enum(['none', 'test', 'smtp']),
  from: z.string().nullable(),
  perMinute: z.number().nullable(),
  /** Why nothing goes at the moment, since when, with the mail server's own words, and when it is tried again. */
  trouble: z.object({ sentence: z.string(), since: Instant, said: z.string(), againAt: Instant }).nullable(),
});
export type MailLine = z.infer<typeof Line>;

const Counts = z.object(
  Object.fromEntries(LETTER_STATES.map((state) => [state, z.int()])) as Record<LetterState, z.ZodInt>,
);

const Received = z.object({
  at: Instant,
  sender: z.string().nullable(),
  subject: z.string().nullable(),
  sentAt: Instant.nullable(),
});

const OfConference = { at: 'conference', right: 'organize' } as const;
const Path = '/conferences/{conference}/mail';

export const mailContracts = {
  mailLine: contract({
    method: 'get',
    path: `${Path}/line`,
    summary: 'How the server sends mail, and whether the line to its mail server carries anything',
    scope: { at: 'conference', right: 'belong' },
    answer: Line,
    audit: { none: 'it is about the server and names nobody who gets a letter' },
  }),
  searchLetters: contract({
    method: 'post',
    path: `${Path}/search`,
    summary:
      'Letters of the conference by state, name, address or subject, newest first, with how many there are',
    scope: OfConference,
    body: PageBody.extend({ q: z.string().max(100).optional(), state: LetterState.nullable().optional() }),
    answer: page(LetterRow).extend({ counts: Counts }),
    audit: 'look',
  }),
  letter: contract({
    method: 'get',
    path: `${Path}/{letter}`,
    summary: 'One letter as it is sent, with what happened to it',
    scope: OfConference,
    answer: Letter,
    audit: 'look',
  }),
  withdrawLetter: contract({
    method: 'post',
    path: `${Path}/{letter}/withdraw`,
    summary: 'Take a letter back before it goes',
    scope: OfConference,
    answer: LetterRow,
  }),
  tryLetterAgain: contract({
    method: 'post',
    path: `${Path}/{letter}/again`,
    summary: 'Send a letter once more that failed, came back, or was only kept',
    scope: OfConference,
    answer: LetterRow,
  }),
  tryLettersAgain: contract({
    method: 'post',
    path: `${Path}/again`,
    summary:
      'Send all letters once more that failed, that came back, or that were only kept, but for those whose place a later one has taken',
    scope: OfConference,
    body: z.object({ state: z.enum(['failed', 'bounced', 'kept']) }),
    answer: z.object({ waiting: z.int() }),
  }),
  sendTestLetter: contract({
    method: 'post',
    path: `${Path}/test`,
    summary: 'Send a letter that says that mail works',
    scope: OfConference,
    body: z.object({ to: z.string().max(1000) }),
    answer: LetterRow,
  }),
  receivedMail: contract({
    method: 'get',
    path: '/mail/received',
    summary: 'The latest messages that came in and that the program could make nothing of',
    scope: { at: 'installation', right: 'organize' },
    answer: z.object({ items: z.array(Received) }),
    audit: 'look',
  }),
};

import { z } from 'zod';

import { LetterId } from '../../domain/mail/letter.ts';
import { sayAddressFault } from '../../domain/mail/sentences.ts';
import { mailContracts } from '../../domain/wire/mail.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem } from '../platform/problems.ts';
import { queueTestLetter, tryAgain, tryAllAgain, withdrawLetter } from './commands.ts';
import { presentLetter, presentLine, presentWhole } from './present.ts';
import { findLetters, letterOf, mailLine, notUnderstood } from './queries.ts';
import { FOLLOWED, NO_LETTER, NO_LINE, NOTHING_TO_TRY, ON_ITS_WAY } from './sentences.ts';

const noLetter = (): ProblemError => new ProblemError('not-found', NO_LETTER);

function letterIn({ letter }: { readonly letter: string }): LetterId {
  const read = LetterId.safeParse(letter);
  if (!read.success) throw noLetter();
  return read.data;
}

/** Letters of a conference (thư): where each stands, how it looks, and what can still be done about it. */
export function mailRoutes(): Route[] {
  return [
    implement(mailContracts.mailLine, async ({ context }) =>
      presentLine(await mailLine(context), context.language),
    ),

    implement(mailContracts.searchLetters, async ({ scope, body, context }) => {
      const search = { q: body.q ?? '', state: body.state ?? null };
      const before = readCursor(z.int(), body.cursor);
      const { letters, counts } = await findLetters(context, scope, search, before, body.limit);
      return { ...pageOf(letters, body.limit, presentLetter, ({ place }) => place), counts };
    }),

    implement(mailContracts.letter, async ({ scope, params, context }) => {
      const found = await letterOf(context, scope, letterIn(params));
      if (found === null) throw noLetter();
      return presentWhole(found.letter, found.steps, await mailLine(context));
    }),

    implement(mailContracts.withdrawLetter, async ({ scope, params, context }) => {
      const withdrawn = valueOrProblem(await withdrawLetter(context, scope, letterIn(params)), {
        'no such letter': noLetter,
        'on its way': () => new ProblemError('wrong-state', ON_ITS_WAY),
      });
      return presentLetter(withdrawn);
    }),

    implement(mailContracts.tryLetterAgain, async ({ scope, params, context }) => {
      const waiting = valueOrProblem(await tryAgain(context, scope, letterIn(params)), {
        'no such letter': noLetter,
        'nothing to try': () => new ProblemError('wrong-state', NOTHING_TO_TRY),
        followed: () => new ProblemError('wrong-state', FOLLOWED),
      });
      return presentLetter(waiting);
    }),

    implement(mailContracts.tryLettersAgain, async ({ scope, body, context }) => ({
      waiting: await tryAllAgain(context, scope, body.state),
    })),

    implement(mailContracts.sendTestLetter, async ({ scope, body, context }) => {
      const queued = valueOrProblem(await queueTestLetter(context, scope, body.to), {
        'no line': () => new ProblemError('wrong-state', NO_LINE),
        'no address': ({ fault }) => {
          const message = { vi: sayAddressFault(fault, 'vi'), en: sayAddressFault(fault, 'en') };
          return new ProblemError('malformed', message, [{ at: 'to', message }]);
        },
      });
      return presentLetter(queued);
    }),

    implement(mailContracts.receivedMail, async ({ scope, context }) => ({
      items: (await notUnderstood(context, scope)).map(({ at, sender, subject, sentAt }) => ({
        at,
        sender,
        subject,
        sentAt,
      })),
    })),
  ];
}

import { sayGuestFault, sayGuestRowFault } from '../../domain/guests/sentences.ts';
import { noRows } from '../../domain/text/rows.ts';
import { guestContracts, type Guest } from '../../domain/wire/guests.ts';
import { sayRowProblem } from '../documents/sentences.ts';
import { readSmallTable } from '../documents/small-table.ts';
import { tableProblem } from '../documents/table-problems.ts';
import type { Context } from '../platform/context.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem, type Refusals } from '../platform/problems.ts';
import { NAMES_DELETED } from '../retention/sentences.ts';
import {
  addGuest,
  changeGuest,
  importGuests,
  removeGuest,
  setGuestStanding,
  type GuestFailure,
} from './commands.ts';
import { inviteGuests, type InviteFailure } from './letters.ts';
import { presentGuest } from './present.ts';
import { guestLists, lettersTo, type StoredGuest } from './queries.ts';
import {
  HAS_FAULTS,
  IN_LIST_ALREADY,
  NO_SUCH_GUEST,
  NOT_INVITED,
  NOTHING_IMPORTED,
  TOO_MANY,
} from './sentences.ts';

const REFUSALS: Refusals<GuestFailure> = {
  'has faults': ({ faults }) =>
    new ProblemError(
      'has-errors',
      HAS_FAULTS,
      faults.map((fault) => ({ at: fault.field, message: sayGuestFault(fault) })),
    ),
  'in the list already': () => new ProblemError('conflict', IN_LIST_ALREADY),
  'too many': () => new ProblemError('wrong-state', TOO_MANY),
  'no such guest': () => new ProblemError('not-found', NO_SUCH_GUEST),
  'names deleted': () => new ProblemError('wrong-state', NAMES_DELETED),
};

const INVITE_REFUSALS: Refusals<InviteFailure> = {
  'no bridges': ({ reason }) => new ProblemError('wrong-state', NOT_INVITED[reason]),
  'no line': ({ reason }) => new ProblemError('wrong-state', NOT_INVITED[reason]),
  'no such guest': REFUSALS['no such guest'],
};

/** Lists of the press and of scientists: looked at, written, and taken out of files. */
export function guestRoutes(): Route[] {
  return [
    implement(guestContracts.guests, async ({ scope, context }) => {
      const { guests, letters, owners } = await guestLists(context, scope);
      return { items: guests.map((guest) => presentGuest(guest, letters)), owners };
    }),

    implement(guestContracts.addGuest, async ({ scope, body, context }) =>
      present(context, valueOrProblem(await addGuest(context, scope, body.list, body.guest), REFUSALS)),
    ),

    implement(guestContracts.changeGuest, async ({ scope, params, body, context }) =>
      present(context, valueOrProblem(await changeGuest(context, scope, params.guest, body), REFUSALS)),
    ),

    implement(guestContracts.inviteGuests, async ({ scope, body, context }) =>
      valueOrProblem(await inviteGuests(context, scope, body.list, body.guests), INVITE_REFUSALS),
    ),

    implement(guestContracts.setGuestStanding, async ({ scope, params, body, context }) =>
      present(context, valueOrProblem(await setGuestStanding(context, scope, params.guest, body), REFUSALS)),
    ),

    implement(guestContracts.removeGuest, async ({ scope, params, context }) => {
      valueOrProblem(await removeGuest(context, scope, params.guest), REFUSALS);
    }),

    implement(guestContracts.importGuests, async ({ scope, query, body, context }) => {
      const read = await readSmallTable({ bytes: body.bytes, fileName: body.name });
      if (!read.ok) throw tableProblem(read, NOTHING_IMPORTED);
      const { rows, problems } = read.value;
      const sent = { ...query, rows, isWhole: problems.length === 0 && rows.length > 0 };
      const { faults, ...counts } = valueOrProblem(await importGuests(context, scope, sent), REFUSALS);
      return {
        ...counts,
        rows: rows.length,
        faults: [...unread(rows, problems, context), ...say(faults, context)],
      };
    }),
  ];
}

async function present(context: Context, guest: StoredGuest): Promise<Guest> {
  return presentGuest(guest, await lettersTo(context, [guest]));
}

type Unread = Parameters<typeof sayRowProblem>[0];

function unread(rows: readonly unknown[], problems: readonly Unread[], { language }: Context) {
  if (rows.length === 0 && problems.length === 0) return [noRows(language)];
  return problems.map((problem) => sayRowProblem(problem, language));
}

function say(faults: readonly Parameters<typeof sayGuestRowFault>[0][], { language }: Context) {
  return faults.map((fault) => sayGuestRowFault(fault, language));
}

import { PersonId } from '../../domain/ids.ts';
import { saySeatFault } from '../../domain/seating/sentences.ts';
import { seatingContracts } from '../../domain/wire/seating.ts';
import { sayRowProblem } from '../documents/sentences.ts';
import { readSmallTable } from '../documents/small-table.ts';
import { tableProblem } from '../documents/table-problems.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem, type Refusals } from '../platform/problems.ts';
import { NAMES_DELETED } from '../retention/sentences.ts';
import {
  clearBridge,
  importSeats,
  numberBridge,
  setSeatNumber,
  undoSeats,
  type SeatingFailure,
  type SetSeatFailure,
  type UndoSeatsFailure,
} from './commands.ts';
import { exportSeats } from './exports.ts';
import { presentChange, presentImport, presentSeat } from './present.ts';
import { hallOf, lastSeatChange } from './queries.ts';
import {
  CHANGED_MEANWHILE,
  CHANGED_SINCE,
  NOT_A_NUMBER,
  NOT_EXPECTED_HERE,
  NOTHING_IMPORTED,
  sayTaken,
  UNDONE_ALREADY,
} from './sentences.ts';

const REFUSALS: Refusals<SeatingFailure> = {
  'changed meanwhile': () => new ProblemError('out-of-date', CHANGED_MEANWHILE),
  'names deleted': () => new ProblemError('wrong-state', NAMES_DELETED),
};
const SET_REFUSALS: Refusals<SetSeatFailure> = {
  ...REFUSALS,
  'not expected here': () => new ProblemError('not-found', NOT_EXPECTED_HERE),
  'not a number': () =>
    new ProblemError('has-errors', NOT_A_NUMBER, [{ at: 'number', message: NOT_A_NUMBER }]),
  taken: ({ number, holder }) => {
    const message = sayTaken(number, holder);
    return new ProblemError('conflict', message, [{ at: 'number', message }]);
  },
};
const UNDO_REFUSALS: Refusals<UndoSeatsFailure> = {
  ...REFUSALS,
  'no such change': () => new ProblemError('not-found'),
  'undone already': () => new ProblemError('out-of-date', UNDONE_ALREADY),
  'changed since': () => new ProblemError('out-of-date', CHANGED_SINCE),
};

/** Seat numbers: looked at, typed, given to a whole hall, and as a file. */
export function seatingRoutes(): Route[] {
  return [
    implement(seatingContracts.seatNumbers, async ({ scope, conference, context }) => {
      const [{ expected, revision }, change] = await Promise.all([
        hallOf(context, conference, scope),
        lastSeatChange(context, conference, scope),
      ]);
      const items = expected.map(presentSeat);
      return { items, revision, change: presentChange(change, context.language) };
    }),

    implement(seatingContracts.setSeatNumber, async ({ scope, conference, params, body, context }) => {
      const person = PersonId.parse(params.person);
      const set = await setSeatNumber(context, conference, scope, person, body);
      return { number: valueOrProblem(set, SET_REFUSALS) };
    }),

    implement(seatingContracts.numberSeats, async ({ scope, conference, body, context }) => {
      const { layout, revision } = body;
      const numbered = await numberBridge(context, conference, scope, layout, revision);
      const { changed, change } = valueOrProblem(numbered, REFUSALS);
      return { changed, change };
    }),

    implement(seatingContracts.clearSeats, async ({ scope, conference, body, context }) =>
      valueOrProblem(await clearBridge(context, conference, scope, body.revision), REFUSALS),
    ),

    implement(seatingContracts.undoSeats, async ({ scope, conference, params, context }) =>
      valueOrProblem(await undoSeats(context, conference, scope, params.change), UNDO_REFUSALS),
    ),

    implement(seatingContracts.exportSeats, async ({ scope, conference, query, context }) =>
      exportSeats(context, conference, scope, query.format, query.language),
    ),

    implement(seatingContracts.importSeats, async ({ scope, conference, query, body, context }) => {
      const { dryRun, revision = null } = query;
      const { language } = context;
      const read = await readSmallTable({ bytes: body.bytes, fileName: body.name });
      if (!read.ok) throw tableProblem(read, NOTHING_IMPORTED);
      const { rows, problems } = read.value;
      const sent = { rows, isWhole: problems.length === 0, dryRun, seen: revision };
      const imported = valueOrProblem(await importSeats(context, conference, scope, sent), REFUSALS);
      const faults = [
        ...problems.map((problem) => sayRowProblem(problem, language)),
        ...imported.faults.map((fault) => saySeatFault(fault, language)),
      ];
      return { rows: rows.length + problems.length, faults, ...presentImport(imported) };
    }),
  ];
}

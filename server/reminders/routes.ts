import { BridgeId, ConferenceId } from '../../domain/ids.ts';
import { hasRight } from '../../domain/access/rights.ts';
import type { Reminding } from '../../domain/wire/headcount.ts';
import {
  ReminderId,
  reminderContracts,
  type OwedReport,
  type Reminder,
} from '../../domain/wire/reminders.ts';
import { me } from '../access/queries.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import type { Context } from '../platform/context.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem } from '../platform/problems.ts';
import type { AuthorizedConferenceId, Gate } from '../platform/scopes.ts';
import { planOf } from '../plans/queries.ts';
import { owedBy } from '../reports/queries.ts';
import { NO_BRIDGES } from '../reports/sentences.ts';
import { askToRemind, seeHeadcount, withdrawReminder } from './commands.ts';
import { exportUnanswered } from './exports.ts';
import { presentContacts, presentReminder, presentReminding } from './present.ts';
import { namedFor, remindersBelow, remindersOf, type CountedReminder } from './queries.ts';
import { ALREADY_SENT, NO_REMINDER, OTHER_REMINDER } from './sentences.ts';

const noReminder = (): ProblemError => new ProblemError('not-found', NO_REMINDER);

function reminderIn({ reminder }: { readonly reminder: string }): ReminderId {
  const read = ReminderId.safeParse(reminder);
  if (!read.success) throw noReminder();
  return read.data;
}

/** Whoever works at more bridges than this organizes, and has the list of all of them. */
const MOST_OWN_BRIDGES = 20;

/** Reminding those who have not answered (đôn đốc), and what units see of it. */
export function reminderRoutes({ gate }: { readonly gate: Gate }): Route[] {
  return [
    implement(reminderContracts.remind, async ({ scope, conference, params, body, context }) => {
      const asked = await askToRemind(context, conference, scope, reminderIn(params), body);
      const reminder = valueOrProblem(asked, {
        'other reminder': () => new ProblemError('conflict', OTHER_REMINDER),
      });
      return shown(context, conference, { ...reminder, reached: 0, seen: 0, letters: 0 });
    }),

    implement(reminderContracts.withdrawReminder, async ({ scope, conference, params, context }) => {
      const withdrawn = await withdrawReminder(context, conference, scope, reminderIn(params));
      const reminder = valueOrProblem(withdrawn, {
        'no such reminder': noReminder,
        'already sent': () => new ProblemError('wrong-state', ALREADY_SENT),
      });
      return shown(context, conference, { ...reminder, reached: 0, seen: 0, letters: 0 });
    }),

    implement(reminderContracts.reminders, async ({ scope, conference, context }) => {
      const found = await remindersBelow(context, conference, scope);
      const named = await namedFor(context, conference, found);
      return {
        asOf: context.clock(),
        items: found.map((reminder) => presentReminder(reminder, named, context.language)),
      };
    }),

    implement(reminderContracts.reportContacts, async ({ scope, conference, context }) => {
      const tree = await bridgeTreeOf(context, conference);
      if (tree === null) throw new ProblemError('wrong-state', NO_BRIDGES);
      return presentContacts(tree, scope);
    }),

    implement(reminderContracts.exportUnanswered, async ({ scope, conference, query, context }) => {
      const found = await exportUnanswered(context, conference, scope, query);
      if (found === null) throw new ProblemError('wrong-state', NO_BRIDGES);
      return found;
    }),

    implement(reminderContracts.seeHeadcount, async ({ scope, conference, context }) => ({
      seen: await seeHeadcount(context, conference, scope),
    })),

    implement(reminderContracts.myHeadcounts, async ({ scope, context }) => {
      const { grants } = await me(context, scope);
      const own = grants.filter(({ role, bridge }) => bridge !== null && hasRight(role, 'host'));
      const places = new Map(own.map((grant) => [`${grant.conference} ${grant.bridge}`, grant]));
      const items: OwedReport[] = [];
      for (const { conference, bridge } of [...places.values()].slice(0, MOST_OWN_BRIDGES)) {
        const owed = await owedAt(context, conference, bridge);
        if (owed !== null) items.push(owed);
      }
      return { asOf: context.clock(), items };
    }),
  ];

  /** The report that a bridge owes where somebody works; null where it owes none, or their role is not in force. */
  async function owedAt(
    context: Context,
    conference: string | null,
    bridge: string | null,
  ): Promise<OwedReport | null> {
    const [of, at] = [ConferenceId.parse(conference), BridgeId.parse(bridge)];
    const [belongs, works] = await Promise.all([
      gate.conference(context, of, 'belong'),
      gate.bridge(context, of, at, 'host'),
    ]);
    if (!belongs.ok || !works.ok) return null;
    const own = await owedBy(context, belongs.value, works.value);
    const reminders = await remindersOf(context, belongs.value, works.value);
    const [last] = reminders;
    // What nobody has set a deadline for and nobody has asked for is not owed.
    if (own === null || (own.due.deadline === null && last === undefined && own.due.state === null))
      return null;
    const { plan } = await planOf(context, belongs.value);
    const named = await namedFor(context, belongs.value, reminders);
    const reminder =
      last === undefined
        ? null
        : { ...shownTo(presentReminding(last, named, context.language)), times: reminders.length };
    return {
      conference: of,
      conferenceTitle: plan.title,
      bridge: at,
      bridgeName: own.bridge.name,
      dueBefore: own.due.deadline?.dueBefore ?? null,
      state: own.due.state,
      returnedWith: own.due.remark,
      reminder,
    };
  }
}

const shownTo = ({ at, by, words }: Reminding) => ({ at, by, words });

async function shown(
  context: Context,
  conference: AuthorizedConferenceId,
  reminder: CountedReminder,
): Promise<Reminder> {
  return presentReminder(reminder, await namedFor(context, conference, [reminder]), context.language);
}

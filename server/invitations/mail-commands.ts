import { afterStep } from '../../domain/invitations/life.ts';
import type { InvitationId, InvitationStep } from '../../domain/invitations/step.ts';
import { assertNever } from '../../domain/result.ts';
import type { LetterStep } from '../../domain/mail/letter.ts';
import { changesAfter } from '../mail/queries.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import { readLetters, readPlace, writePlace, type LetterPurpose } from './mail-store.ts';
import { enterSteps, readByIds, type Entered } from './store.ts';

const TOGETHER = 1000;
const NOT_TAKEN = 'Máy chủ thư không nhận';

/** Enters what became of letters since it was last looked, and keeps up to where: in one transaction, so that neither is without the other. */
export async function followLetters(context: Context): Promise<void> {
  // A look that finds nothing, as most do, waits for nobody who writes.
  const isNew = await changesAfter(context, await readPlace(context.database.read), 1);
  if (isNew.length === 0) return;
  for (;;) {
    const count = await transaction(context.database, async (db) => {
      const changes = await changesAfter(context, await readPlace(db), TOGETHER);
      const last = changes.at(-1);
      if (last === undefined) return 0;
      const letters = await readLetters(
        db,
        changes.map(({ letter }) => letter),
      );
      const ids = [...new Set([...letters.values()].map(({ invitation }) => invitation))];
      const read = await readByIds(db, ids);
      const known = new Map(read.map((one) => [one.id, one]));
      const entered: Entered[] = [];
      for (const { letter, step, at, said } of changes) {
        const own = letters.get(letter);
        const invitation = own === undefined ? undefined : known.get(own.invitation);
        const what = own === undefined ? null : meaningOf(step, own.kind, said);
        if (invitation === undefined || what === null) continue;
        const standing = afterStep(invitation.standing, { at, what });
        // What changes nothing is kept too: the log has everything that happened.
        if (standing === null) continue;
        const now = { ...invitation, standing };
        known.set(invitation.id satisfies InvitationId, now);
        entered.push({ invitation: now, step: { at, by: null, via: 'program', what, exception: null } });
      }
      await enterSteps(db, entered);
      await writePlace(db, last.place);
      return changes.length;
    });
    if (count < TOGETHER) return;
  }
}

/** What a step of a letter is for its invitation. Whether a reminder went says nothing of the invitation; that it came back does. */
function meaningOf(step: LetterStep, kind: LetterPurpose, said: string | null): InvitationStep | null {
  switch (step) {
    case 'delivered':
      return { step };
    case 'bounced':
    case 'failed':
      return { step: 'bounced', why: said ?? NOT_TAKEN };
    case 'sent':
      return kind === 'letter' ? { step: 'sent', by: 'mail' } : null;
    case 'kept':
    case 'withdrawn':
      return kind === 'letter' ? { step: 'not-sent', why: step } : null;
    case 'again':
      return kind === 'letter' ? { step: 'queued' } : null;
    case 'postponed':
    case 'delayed':
      return null;
    default:
      return assertNever(step);
  }
}

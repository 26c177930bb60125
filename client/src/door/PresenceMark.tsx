import { assertNever } from '../../../domain/result.ts';
import { formatTime } from '../../../domain/text/dates.ts';
import type { PresenceRow } from '../../../domain/wire/attendance.ts';
import { type State, StateMark } from '../parts/StateMark.tsx';

/** Where somebody stands, in the one form that states have everywhere. */
export function stateOf(presence: PresenceRow): State {
  switch (presence.state) {
    case 'present':
      return presence.mode === 'online' ? 'online' : 'present';
    case 'absent':
      return presence.reason === null ? 'absent' : 'absentWithReason';
    case 'unmarked':
    case 'excused':
    case 'left':
      return presence.state;
    default:
      return assertNever(presence);
  }
}

export function PresenceMark({ presence }: { presence: PresenceRow }) {
  const since =
    presence.state === 'present'
      ? ` ${formatTime(presence.since)}`
      : presence.state === 'left'
        ? ` ${formatTime(presence.until)}`
        : '';
  return <StateMark state={stateOf(presence)}>{since}</StateMark>;
}

import { useCallback, useEffect, useRef, useState } from 'react';

import type { AttendanceEvent, Mode } from '../../../domain/attendance/event.ts';
import { timeOf } from '../../../domain/attendance/order.ts';
import { EventId, PersonId } from '../../../domain/ids.ts';
import { attendanceContracts, type DoorRow } from '../../../domain/wire/attendance.ts';
import { formatClock } from '../../../domain/text/dates.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { type Answer, answerToArrival, answerToScan, withLedger } from './answer.ts';
import type { Place } from './database.ts';
import { unknownRow } from './overlay.ts';
import { gatekeeperOf, readScan } from './pass.ts';
import type { Deed } from './PeopleList.tsx';
import { onAnswered } from './sender.ts';
import type { Door } from './useDoor.ts';
import { type Happening, useRecord } from './useRecord.ts';

/** What the page is asking before it writes something down. */
export type Asked =
  | { readonly kind: 'walk-in'; readonly name: string }
  | { readonly kind: 'excuse'; readonly row: DoorRow }
  | { readonly kind: 'substitute'; readonly row: DoorRow }
  | { readonly kind: 'undo-event'; readonly answer: Answer }
  | { readonly kind: 'undo-walk-in'; readonly id: string; readonly name: string }
  | { readonly kind: 'undo-person'; readonly row: DoorRow; readonly name: string }
  | { readonly kind: 'close' };

/** As long as a guest's unit may be in the ledger. */
const LONGEST_UNIT = 300;

export type Deeds = ReturnType<typeof useDeeds>;

/** Everything that can be done at a door, and what the door answers. */
export function useDeeds(account: string, place: Place, door: Door, mode: Mode) {
  const { t } = useWords();
  const { record, recordTogether } = useRecord(account, place);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const live = useRef({ door, mode, t });
  useEffect(() => {
    live.current = { door, mode, t };
  });

  // What the ledger answers may say more than this device knew: where a first scan was, that a list lacks them.
  useEffect(
    () =>
      onAnswered((answers) => {
        setAnswer((before) => {
          const own = answers.find((one) => one.id === before?.event);
          return before === null || own === undefined ? before : withLedger(before, own);
        });
      }),
    [],
  );

  const arrive = useCallback(
    async (person: PersonId, bearsPass = false) => {
      const { door: now, mode: how, t: words } = live.current;
      const known = now.rowOf(person);
      const isOwn = now.events.some(({ event: one }) => one.kind === 'arrive' && one.person === person);
      // Whose pass is good is somebody of the roster, whether or not this door's list has them.
      const event = await record({ kind: 'arrive', person, mode: how }, bearsPass ? person : null);
      const row =
        known ?? (bearsPass ? { ...unknownRow(person), name: words('scan.bearer') } : unknownRow(person));
      setAnswer(answerToArrival(row, event.id, timeOf(event), place.bridge, isOwn, words));
    },
    [record, place.bridge],
  );

  /** What a scanner read and no list knows: a pass is held against its signature; everything else is kept as a code. */
  const scan = useCallback(
    async (text: string) => {
      const { door: now, mode: how, t: words } = live.current;
      const scanned = await readScan(text, gatekeeperOf(place, now));
      if (scanned.kind === 'person') return await arrive(scanned.person, true);
      const { code, refusal } = scanned;
      const event = await record({ kind: 'arrive', person: code, mode: how });
      return setAnswer(answerToScan(refusal, code, event.id, timeOf(event), now.rowOf(code), words));
    },
    [record, arrive, place],
  );

  /** Writes something down of which the door only says that it was done. */
  const note = useCallback(
    async (happening: Happening, name: string, sentence: (at: string) => string, person: PersonId | null) => {
      const event = await record(happening, person);
      setAnswer({
        kind: event.kind === 'walk-in' ? 'noted' : 'changed',
        name,
        detail: '',
        sentence: sentence(formatClock(timeOf(event))),
        event: event.id,
        person,
        undoable: event.kind === 'leave' || event.kind === 'excuse' || event.kind === 'walk-in',
      });
    },
    [record],
  );

  const undo = useCallback(
    (target: EventId, name: string, reason: string, person: PersonId | null = null) =>
      note(
        { kind: 'void', target, reason },
        name,
        (at) => live.current.t('answer.undone', { at, reason }),
        person,
      ),
    [note],
  );

  const onDeed = useCallback(
    (deed: Deed, row: DoorRow) => {
      if (deed === 'arrive') void arrive(row.person);
      else if (deed === 'excuse' || deed === 'substitute') setAsked({ kind: deed, row });
      else if (deed === 'undo') setAsked({ kind: 'undo-person', row, name: row.name });
      else {
        void note(
          { kind: 'leave', person: row.person },
          row.name,
          (at) => live.current.t(deed === 'move' ? 'answer.moved' : 'answer.left', { at }),
          row.person,
        );
      }
    },
    [arrive, note],
  );

  const withReason = (reason: string) => {
    if (asked === null) return;
    setAsked(null);
    switch (asked.kind) {
      case 'excuse':
        void note(
          { kind: 'excuse', person: asked.row.person, reason },
          asked.row.name,
          () => t('answer.excused', { reason }),
          asked.row.person,
        );
        break;
      case 'undo-event':
        void undo(asked.answer.event, asked.answer.name, reason, asked.answer.person);
        break;
      case 'undo-walk-in':
        void undo(EventId.parse(asked.id), asked.name, reason);
        break;
      case 'undo-person':
        void undoOf(place, door, asked.row).then((target) => {
          if (target !== null) return undo(target, asked.row.name, reason, asked.row.person);
          setAnswer(cannotUndo(asked.row.name, t('answer.cannotUndo')));
          return undefined;
        });
        break;
      default:
    }
  };

  /** A book that was closed opens again where every close of it is taken back. */
  const reopen = async () => {
    const closes = standing(await everyEvent(place, door)).filter(({ kind }) => kind === 'close');
    if (closes.length === 0) setAnswer(cannotUndo(t('door.bridge'), t('answer.cannotUndo')));
    for (const { id } of closes) await undo(id, t('door.bridge'), t('reason.reopened'));
  };

  const arriveNow = useCallback((person: PersonId) => void arrive(person), [arrive]);
  const scanNow = useCallback((text: string) => void scan(text), [scan]);
  const stranger = useCallback((name: string) => setAsked({ kind: 'walk-in', name }), []);

  return {
    answer,
    asked,
    ask: setAsked,
    close: () => setAsked(null),
    arrive: arriveNow,
    scan: scanNow,
    /** Nobody bears this name: whoever it is, is a guest. */
    stranger,
    onDeed,
    withReason,
    open: () => void note({ kind: 'open' }, t('door.bridge'), (at) => t('answer.opened', { at }), null),
    reopen: () => void reopen(),
    closeBridge: () => {
      setAsked(null);
      void note({ kind: 'close' }, t('door.bridge'), (at) => t('answer.closed', { at }), null);
    },
    walkIn: (name: string, unit: string) => {
      setAsked(null);
      void note({ kind: 'walk-in', name, unit, mode }, name, (at) => t('answer.walkIn', { at }), null);
    },
    /** Somebody comes in the place of another: the one is excused, the other a guest, or neither is written down. */
    substitute: (row: DoorRow, name: string, unit: string) => {
      setAsked(null);
      const reason = t('substitute.reason', { name });
      const from = t('substitute.unit', { name: row.name, unit })
        .slice(0, LONGEST_UNIT)
        .replace(/[,\s]+$/, '');
      const write = async () => {
        const [guest] = await recordTogether([
          { happening: { kind: 'walk-in', name, unit: from, mode } },
          { happening: { kind: 'excuse', person: row.person, reason }, subject: row.person },
        ]);
        if (guest === undefined) return;
        const sentence = t('answer.substitute', { name: row.name, at: formatClock(timeOf(guest)) });
        setAnswer({
          kind: 'noted',
          name,
          detail: unit,
          sentence,
          event: guest.id,
          person: null,
          undoable: false,
          saysMore: true,
        });
      };
      void write();
    },
    count: (point: string, counts: Record<string, number>) => void record({ kind: 'count', point, counts }),
  };
}

function cannotUndo(name: string, sentence: string): Answer {
  const event = EventId.parse('none');
  return { kind: 'refused', name, detail: '', sentence, event, person: null, undoable: false };
}

/** What this device and the ledger have of a door, the ledger's first; without a line what this device has. */
async function everyEvent(place: Place, door: Door): Promise<AttendanceEvent[]> {
  const { conference, session, bridge } = place;
  const found: AttendanceEvent[] = [];
  let cursor: string | undefined;
  try {
    do {
      const page = await call(attendanceContracts.events, {
        params: { conference, session, bridge },
        query: { limit: 1000, cursor },
      });
      found.push(...page.items.map(({ event }) => event));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
  } catch {
    // What this device has itself is often enough.
  }
  const seen = new Set(found.map(({ id }) => id));
  return [...found, ...door.events.flatMap(({ event }) => (seen.has(event.id) ? [] : [event]))];
}

/** Events of a list that no undo in the list takes back. */
function standing(events: readonly AttendanceEvent[]): AttendanceEvent[] {
  const undone = new Set(events.flatMap((event) => (event.kind === 'void' ? [event.target] : [])));
  return events.filter(({ id }) => !undone.has(id));
}

/** The event to undo for a person: the last one of theirs that this device knows, else the ledger's. */
async function undoOf(place: Place, door: Door, row: DoorRow): Promise<EventId | null> {
  const kind = row.presence.state === 'excused' ? 'excuse' : 'arrive';
  const isTheirs = (event: AttendanceEvent) => event.kind === kind && event.person === row.person;
  const own = standing(door.events.map(({ event }) => event)).findLast(isTheirs);
  if (own !== undefined) return own.id;
  return standing(await everyEvent(place, door)).findLast(isTheirs)?.id ?? null;
}

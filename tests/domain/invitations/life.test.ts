import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { BridgeId, PersonId } from '../../../domain/ids.ts';
import {
  afterStep,
  awaitsAnswer,
  mayStep,
  standingOf,
  stateOf,
  type Standing,
} from '../../../domain/invitations/life.ts';
import type { EnteredStep, InvitationStep } from '../../../domain/invitations/step.ts';
import type { Instant } from '../../../domain/time.ts';

const [here, there] = [BridgeId.parse('xa-1'), BridgeId.parse('xa-2')];
const other = PersonId.parse('NGUOI2');
const WORDS = { name: 'Lò Thị Ổn', position: 'Phó Chủ tịch', unit: null, phone: null, email: null };
const PREPARED: InvitationStep = { step: 'prepared', kind: 'summons', bridge: here };
const APPROVED: InvitationStep = { step: 'approved' };
const SENT: InvitationStep = { step: 'sent', by: 'mail' };
const COMING: InvitationStep = { step: 'answered', said: { answer: 'coming' } };
const AWAY: InvitationStep = { step: 'answered', said: { answer: 'not-coming', reason: 'Đi công tác' } };
const INSTEAD: InvitationStep = {
  step: 'answered',
  said: { answer: 'substitute', substitute: WORDS, reason: 'Ốm' },
};
const ACCEPTED: InvitationStep = { step: 'substitute-accepted', person: other };
const REFUSED: InvitationStep = { step: 'substitute-refused', reason: 'Phải dự đích danh' };
const MOVED: InvitationStep = { step: 'moved', bridge: there };
const BOUNCED: InvitationStep = { step: 'bounced', why: 'Hộp thư không tồn tại' };
const OPENED: InvitationStep = { step: 'opened' };
const DELIVERED: InvitationStep = { step: 'delivered' };
const WITHDRAWN: InvitationStep = { step: 'withdrawn', reason: 'Đổi thành phần' };
const REMINDED: InvitationStep = { step: 'reminded' };
const QUEUED: InvitationStep = { step: 'queued' };
const NOT_SENT: InvitationStep = { step: 'not-sent', why: 'withdrawn' };
const ALL = [
  PREPARED,
  APPROVED,
  QUEUED,
  NOT_SENT,
  SENT,
  DELIVERED,
  BOUNCED,
  OPENED,
  REMINDED,
  COMING,
  AWAY,
  INSTEAD,
  ACCEPTED,
  REFUSED,
  MOVED,
  WITHDRAWN,
];

const log = (...steps: InvitationStep[]): EnteredStep[] =>
  steps.map((what, at) => ({ at: (1_736_000_000_000 + at) as Instant, what }));
const after = (...steps: InvitationStep[]) => standingOf(log(PREPARED, APPROVED, SENT, ...steps));
const waits = (...steps: InvitationStep[]) => awaitsAnswer(after(...steps)!);
const queued = (...steps: InvitationStep[]) => standingOf(log(PREPARED, APPROVED, QUEUED, ...steps));

describe('an invitation', () => {
  test('is sent only after it was approved', () => {
    expect(standingOf(log(PREPARED, SENT))?.stage).toBe('prepared');
    expect(mayStep(standingOf(log(PREPARED)), SENT)).toEqual({ ok: false, reason: 'not approved' });
    expect(after()?.stage).toBe('sent');
  });

  test('counts the last answer', () => {
    expect(after(COMING, AWAY)?.answer?.said).toEqual({ answer: 'not-coming', reason: 'Đi công tác' });
    expect(after(AWAY, COMING)?.answer?.said).toEqual({ answer: 'coming' });
  });

  test('keeps its answer when a bounce comes late, as whoever answered has it', () => {
    expect(after(COMING, BOUNCED)).toMatchObject({
      stage: 'delivered',
      answer: { said: { answer: 'coming' } },
    });
    expect(after(OPENED, BOUNCED)?.stage).toBe('delivered');
    expect(after(DELIVERED, BOUNCED)?.stage).toBe('bounced');
  });

  test('waits for an answer until there is one, and again when the substitute was refused', () => {
    expect(waits()).toBe(true);
    expect(waits(REMINDED)).toBe(true);
    expect(waits(AWAY)).toBe(false);
    expect(waits(INSTEAD)).toBe(false);
    expect(waits(INSTEAD, REFUSED)).toBe(true);
    expect(awaitsAnswer(standingOf(log(PREPARED, APPROVED))!)).toBe(false);
    expect(waits(WITHDRAWN)).toBe(false);
  });

  test('is over for whoever sent somebody else, once their unit has agreed', () => {
    expect(after(INSTEAD)?.substitute).toEqual({
      words: WORDS,
      state: 'proposed',
      reason: 'Ốm',
      person: null,
    });
    const replaced = after(INSTEAD, ACCEPTED, COMING);
    expect(replaced?.substitute).toMatchObject({ state: 'accepted', person: other });
    expect(replaced?.answer?.said.answer).toBe('substitute');
    expect(mayStep(replaced, COMING)).toEqual({ ok: false, reason: 'replaced' });
  });

  test('whose substitute is taken back by another answer cannot have it accepted any more', () => {
    const standing = after(INSTEAD, COMING);
    expect(standing?.substitute).toBeNull();
    expect(mayStep(standing, ACCEPTED)).toEqual({ ok: false, reason: 'no substitute proposed' });
  });

  test('that was taken back hears of nothing but being prepared anew, and then begins from the start', () => {
    const back = after(COMING, WITHDRAWN, COMING, MOVED, OPENED);
    expect(back).toMatchObject({ stage: 'withdrawn', bridge: here, withdrawn: 'Đổi thành phần' });
    const anew = after(COMING, WITHDRAWN, PREPARED);
    expect(anew).toMatchObject({ stage: 'prepared', answer: null, openedAt: null, withdrawn: null });
  });
});

describe('a letter', () => {
  test('that waits for the mail server is not sent, and nobody can have answered it', () => {
    expect(queued()).toMatchObject({ stage: 'queued', sentAt: null });
    expect(queued(COMING)?.answer).toBeNull();
    expect(mayStep(queued(), QUEUED)).toEqual({ ok: false, reason: 'already sent' });
    expect(queued(SENT)?.stage).toBe('sent');
  });

  test('that did not go after all may be sent once more', () => {
    expect(queued(NOT_SENT)?.stage).toBe('approved');
    expect(queued(SENT, BOUNCED, QUEUED)?.stage).toBe('queued');
    expect(queued(SENT, BOUNCED, QUEUED, NOT_SENT)?.stage).toBe('bounced');
    expect(queued(BOUNCED)?.stage).toBe('bounced');
  });
});

test('an invitation is always in exactly one state, in which what its person said counts before how its letter went', () => {
  expect(stateOf(after()!)).toBe('unanswered');
  expect(stateOf(after(DELIVERED)!)).toBe('unanswered');
  expect(stateOf(after(BOUNCED)!)).toBe('bounced');
  expect(stateOf(after(COMING)!)).toBe('coming');
  expect(stateOf(after(INSTEAD, REFUSED)!)).toBe('substitute-refused');
  expect(stateOf(after(INSTEAD, ACCEPTED)!)).toBe('substitute-accepted');
  expect(stateOf(after(INSTEAD, COMING)!)).toBe('coming');
  expect(stateOf(after(COMING, WITHDRAWN)!)).toBe('withdrawn');
});

test('the standing that is kept beside the log is what the log folds to, step by step', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...ALL), { maxLength: 30 }), (steps) => {
      let kept: Standing | null = null;
      for (const entered of log(...steps)) kept = afterStep(kept, entered);
      expect(kept).toEqual(standingOf(log(...steps)));
    }),
  );
});

test('a step that may be taken changes what stands, unless it only says that something happened', () => {
  const onlyHappens = new Set(['not-sent', 'delivered', 'bounced', 'opened']);
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...ALL), { maxLength: 12 }),
      fc.constantFrom(...ALL),
      (steps, next) => {
        if (onlyHappens.has(next.step)) return;
        const standing = standingOf(log(...steps));
        const then = standingOf(log(...steps, next));
        expect(mayStep(standing, next).ok).toBe(JSON.stringify(then) !== JSON.stringify(standing));
      },
    ),
  );
});

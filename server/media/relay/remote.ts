import type { z } from 'zod';

import {
  relayAnswers,
  type RelayCall,
  type RelayHello,
  type RelayNotice,
} from '../../../domain/wire/relays.ts';
import { callsBy, type AskEngine, type EngineCalls, type EngineNotice, type MediaEngine } from '../engine.ts';

/** The way to a relay. Null where no answer came. */
export type AskRelay = (call: RelayCall, input: unknown) => Promise<unknown>;

/** A relay's engine as the server has it. */
export interface Remote {
  readonly engine: MediaEngine;
  /** The line broke; what is asked meanwhile is answered as by an engine that is gone. */
  detach(): void;
  attach(ask: AskRelay): void;
  /** What the relay told. */
  tell(notice: RelayNotice): void;
}

const GONE = { ok: false, reason: 'engine gone' } as const;
// A call that the relay does not know how to answer does not compile.
const answers: { readonly [Name in keyof EngineCalls]: z.ZodType } = relayAnswers;

/** An engine in another process, asked over a line. What it answers is held to its form: a relay stands on somebody else's machine. */
export function remoteEngine({ engine: name, carries }: RelayHello, first: AskRelay): Remote {
  const listeners = new Set<(notice: EngineNotice) => void>();
  let line: AskRelay | null = first;
  const ask: AskEngine = async <Name extends keyof EngineCalls>(
    call: Name,
    ...[input]: Parameters<EngineCalls[Name]>
  ) => {
    const answer = answers[call].safeParse(await line?.(call, input));
    return (answer.success ? answer.data : GONE) as ReturnType<EngineCalls[Name]>;
  };
  return {
    engine: {
      name,
      carries,
      ...callsBy(ask),
      listen: (heard) => {
        listeners.add(heard);
        return () => void listeners.delete(heard);
      },
      // Its process is another's to end.
      close: () => Promise.resolve(),
    },
    detach: () => void (line = null),
    attach: (again) => void (line = again),
    tell: (notice) => {
      for (const heard of listeners) heard(notice);
    },
  };
}

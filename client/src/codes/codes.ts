import type { PersonId } from '../../../domain/ids.ts';
import { readCode } from '../../../domain/passes/codes.ts';
import type { CodeArrival, Resolution } from '../../../domain/passes/resolve.ts';
import type { Instant } from '../../../domain/time.ts';
import type { Words } from '../app/language.ts';

/** A code that waits for a person to find out whose it is. */
export interface CodeToResolve {
  readonly code: PersonId;
  readonly bridge: string;
  readonly bridgeName: string;
  /** When it was scanned first, and how often. */
  readonly first: Instant;
  readonly times: number;
  /** What is undone when it is resolved. Empty: another machine scanned it, and only the server knows the scans. */
  readonly arrivals: readonly CodeArrival[];
  /** Whom a pass with a right signature was issued for. */
  readonly proposed: FoundPerson | null;
}

export interface FoundPerson {
  readonly person: PersonId;
  readonly name: string;
  readonly position: string;
}

/** What a code is called on pages: itself, or what is the matter with a pass. */
export function nameOfCode(code: PersonId, t: Words): string {
  const { kind, person, label } = readCode(code);
  return kind === 'code' || person === null
    ? t(`codes.name.${kind}`, { label })
    : t(`codes.name.${kind}`, { label: label.slice(-8) });
}

/** Why a code is resolved as it is, for whoever reads the ledger. */
export function reasonOf(resolution: Resolution, name: string, t: Words): string {
  return resolution.kind === 'mistake' ? t('codes.reason.mistake') : t('codes.reason.known', { name });
}

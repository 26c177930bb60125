import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { z } from 'zod';

import { ledgerContracts } from '../../domain/wire/ledger.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { PAGES } from '../platform/pages.ts';
import { ProblemError, valueOrProblem, type Refusals } from '../platform/problems.ts';
import {
  exportBridgeLedger,
  exportLedger,
  type LedgerExportAsked,
  type LedgerExportFailure,
} from './exports.ts';
import { presentCheckpoint } from './present.ts';
import { listCheckpoints } from './queries.ts';
import { NO_BRIDGES, NO_SESSION, NO_VERIFIER, noSuchCheckpoint } from './sentences.ts';

/** What the build makes out of `server/cli/verifier.ts`. */
export const VERIFIER = 'verify.mjs';

const EXPORT_REFUSALS: Refusals<LedgerExportFailure> = {
  'no such session': () => new ProblemError('not-found', NO_SESSION),
  'no bridges': () => new ProblemError('wrong-state', NO_BRIDGES),
  'no such checkpoint': ({ asked }) => new ProblemError('not-found', noSuchCheckpoint(asked)),
};

/** What shows that the ledger was not tampered with: the key, the checkpoints, exports and the program that verifies them. */
export function ledgerRoutes(): Route[] {
  return [
    implement(ledgerContracts.ledgerKey, async ({ context }) => ({
      algorithm: 'Ed25519' as const,
      key: context.keys.ledger.publicKey,
    })),

    implement(ledgerContracts.ledgerVerifier, async () => {
      const file = join(PAGES, VERIFIER);
      const isThere = await access(file).then(
        () => true,
        () => false,
      );
      if (!isThere) throw new ProblemError('wrong-state', NO_VERIFIER);
      return {
        type: 'text/javascript',
        filename: VERIFIER,
        write: (out) => pipeline(createReadStream(file), out),
      };
    }),

    implement(ledgerContracts.checkpoints, async ({ query, context }) => {
      const before = readCursor(z.int().min(1), query.cursor) ?? Number.MAX_SAFE_INTEGER;
      const rows = await listCheckpoints(context, before, query.limit + 1);
      return pageOf(rows, query.limit, presentCheckpoint, ({ number }) => number);
    }),

    implement(ledgerContracts.exportBridgeLedger, async ({ scope, conference, params, query, context }) =>
      valueOrProblem(
        await exportBridgeLedger(context, conference, scope, params.session, wantedBy(query)),
        EXPORT_REFUSALS,
      ),
    ),

    implement(ledgerContracts.exportLedger, async ({ scope, conference, params, query, context }) =>
      valueOrProblem(
        await exportLedger(context, conference, scope, params.session, wantedBy(query)),
        EXPORT_REFUSALS,
      ),
    ),
  ];
}

function wantedBy({ under, texts }: { under?: string | undefined; texts: boolean }): LedgerExportAsked {
  const names = (under ?? '').split(',').map((name) => name.trim());
  return { under: names.filter((name) => name !== ''), texts };
}

import { readFileSync } from 'node:fs';
import { createPublicKey } from 'node:crypto';
import { join } from 'node:path';

import type { VerifyOptions } from '../../domain/ledger/verify.ts';
import type { KeptCheckpoint, KeptHead } from '../../domain/ledger/verify-bridge.ts';
import type { Language } from '../../domain/text/language.ts';
import { keptCheckpoint, keptHead, sayEither, trustIn, verifyFile } from './evidence.ts';
import { badUsage, type Report } from './report.ts';
import type { Common, Shell } from './shell.ts';

export interface VerifyAsked {
  readonly key?: string;
  readonly kept: readonly string[];
  readonly head: readonly string[];
}

/** Verifies an export against a key and what somebody kept. Needs no database. */
export function verifyExportFile({ data, language }: Common, file: string, asked: VerifyAsked): Report {
  const { checkpoints, heads } = keptOf(asked, language);
  const options: VerifyOptions = {
    ...trustOf(asked.key, data, language),
    keptCheckpoints: checkpoints,
    keptHeads: heads,
  };
  try {
    const verdict = verifyFile(file, options);
    return { json: verdict, lines: sayEither(verdict, language), negative: !verdict.ok };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw badUsage({ vi: `Không mở được tệp ${file}.`, en: `Cannot open ${file}.` }, language);
  }
}

/** Verifies everything that the data folder has: all chains, all checkpoints, all proofs that are kept, the audit trail. */
export async function verifyDatabase({ context }: Shell, asked: VerifyAsked): Promise<Report> {
  const [{ verifyLedger }, { sayLedgerVerdict }, { verifyTrail }, { sayTrailVerdict }] = await Promise.all([
    import('../ledger/verification.ts'),
    import('../ledger/sentences.ts'),
    import('../audit/verification.ts'),
    import('../audit/sentences.ts'),
  ]);
  const { language } = context;
  if (asked.key !== undefined && trustOf(asked.key, '', language).key !== context.keys.ledger.publicKey) {
    throw badUsage(
      { vi: 'Thư mục dữ liệu này dùng khóa khác.', en: 'This data folder has another key.' },
      language,
    );
  }
  const kept = keptOf(asked, language);
  const verdict = await verifyLedger(context, kept);
  const trail = await verifyTrail(context);
  return {
    json: { ...verdict, trail },
    lines: [...sayLedgerVerdict(verdict, language), ...sayTrailVerdict(trail, language)],
    negative: verdict.finding !== null || trail.finding !== null,
  };
}

function trustOf(key: string | undefined, data: string, language: Language): VerifyOptions {
  const trust = trustIn(key ?? keyOfFolder(data, language));
  if (trust !== null) return trust;
  throw badUsage({ vi: `Không phải khóa công khai: ${key}`, en: `Not a public key: ${key}` }, language);
}

/** The public half of a data folder's key, without making one where there is none. */
function keyOfFolder(data: string, language: Language): string {
  try {
    const pem = readFileSync(join(data, 'ledger.key'));
    return createPublicKey(pem).export({ format: 'jwk' }).x ?? '';
  } catch {
    throw badUsage(
      {
        vi: 'Thiếu --key: khóa công khai để kiểm tra.',
        en: '--key is missing: the public key to verify with.',
      },
      language,
    );
  }
}

function keptOf(
  { kept, head }: VerifyAsked,
  language: Language,
): { readonly checkpoints: KeptCheckpoint[]; readonly heads: KeptHead[] } {
  const checkpoints = kept.map((given) => {
    const found = keptCheckpoint(given);
    if (found !== null) return found;
    const said = {
      vi: `Không phải mã đối chiếu hay tệp mốc ký: ${given}`,
      en: `Neither a fingerprint nor the file of a checkpoint: ${given}`,
    };
    throw badUsage(said, language);
  });
  const heads = head.map((given) => {
    const found = keptHead(given);
    if (found !== null) return found;
    const said = {
      vi: `Không phải biên nhận ĐIỂM_CẦU:SỐ:BĂM: ${given}`,
      en: `Not a receipt BRIDGE:PLACE:HASH: ${given}`,
    };
    throw badUsage(said, language);
  });
  return { checkpoints, heads };
}

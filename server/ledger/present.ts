import { readStatement } from '../../domain/ledger/checkpoint.ts';
import type { CheckpointRow } from '../../domain/wire/ledger.ts';
import type { NamedCheckpoint } from './commands.ts';

export function presentCheckpoint(checkpoint: NamedCheckpoint): CheckpointRow {
  const { number, at, seq, fingerprint, statement, signature } = checkpoint;
  const read = readStatement(statement);
  if (read === null) throw new Error(`checkpoint ${number} is not what was signed`);
  const { events, chains, root } = read;
  return { number, at, seq, events, chains, root, fingerprint, statement, signature };
}

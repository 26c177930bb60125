import type { Passkey } from '../../domain/wire/passkeys.ts';
import type { PasskeyRow } from './store.ts';

/** A passkey as its owner sees it. */
export function presentPasskey(row: PasskeyRow): Passkey {
  return { id: row.id, name: row.name, since: row.created_at, lastUsed: row.used_at };
}

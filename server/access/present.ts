import type { Account, HeldGrant } from '../../domain/wire/access.ts';

/** What is stored of an account, as far as it is shown. */
interface Stored extends Pick<Account, 'id' | 'username' | 'name'> {
  readonly password_hash: string | null;
}

/** An account as pages see it. What is kept of its password stays here. */
export function presentAccount(row: Stored, grants: readonly HeldGrant[]): Account {
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    active: row.password_hash !== null,
    grants: grants.map(({ id, role, conference, bridge, from, until }) => ({
      id,
      role,
      conference,
      bridge,
      from,
      until,
    })),
  };
}

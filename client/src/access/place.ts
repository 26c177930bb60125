import type { Role } from '../../../domain/wire/access.ts';

/** Over what roles are given and listed: a whole conference, or a bridge of it. */
export interface Place {
  readonly conference: string;
  readonly bridge: string | null;
}

/** Which accounts a list shows. */
export interface Filter {
  readonly q: string;
  readonly role: Role | '';
  /** Only roles at the very bridge, and none below it. */
  readonly isOwn: boolean;
}

/** Under which the lists of roles of a conference are kept. */
export function rolesKey(conference: string) {
  return ['conference', conference, 'roles'] as const;
}

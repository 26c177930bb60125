/** Commands that show people: each time is a look. */
export const LOOKS: ReadonlySet<string> = new Set([
  'account list',
  'activation list',
  'attendance export',
  'attendance follow-up',
  'attendance summary',
  'audit export',
  'audit list',
  'devices list',
  'guests list',
  'invitations list',
  'ledger export',
  'mail list',
  'passes issue',
  'people list',
  'placements',
  'quarantine list',
  'reports due',
  'seats export',
]);

/** Commands that show no people and change nothing. */
export const READS: ReadonlySet<string> = new Set([
  'agenda show',
  'attendance conference',
  'attendance figures',
  'attendance versions',
  'audit verify',
  'bridges list',
  'conference list',
  'ledger checkpoints',
  'ledger key',
  'ledger verify',
  'letters show',
  'lines incidents',
  'lines list',
  'mail status',
  'media status',
  'papers list',
  'plan check',
  'plan read',
  'plan show',
  'relays list',
  'reports versions',
  'retention show',
  'sessions list',
]);

/** What the audit trail has of a command: whatever is not known to be a look or to change nothing is a change. */
export function kindOf(command: string): 'look' | 'change' | null {
  if (READS.has(command)) return null;
  return LOOKS.has(command) ? 'look' : 'change';
}

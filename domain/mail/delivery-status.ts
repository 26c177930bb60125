/** What a mail server further on says of one recipient (RFC 3464). */
export interface RecipientStatus {
  /** `delayed` is not the end: it goes on trying. `passed` is delivered, or handed to where nothing is told any more. */
  readonly action: 'failed' | 'delayed' | 'passed';
  /** `5.1.1`; null where none is given. */
  readonly status: string | null;
  readonly recipient: string | null;
  /** The server's own words. */
  readonly said: string | null;
}

export interface DeliveryStatus {
  /** What the sender called the message in its envelope. */
  readonly envelopeId: string | null;
  readonly recipients: readonly RecipientStatus[];
}

const ACTIONS: Readonly<Record<string, RecipientStatus['action']>> = {
  failed: 'failed',
  delayed: 'delayed',
  delivered: 'passed',
  relayed: 'passed',
  expanded: 'passed',
};
/** A letter of ours has one recipient; whoever reports of hundreds reports of none of them. */
const MOST_RECIPIENTS = 20;

/** Reads the part `message/delivery-status` of a bounce. A group of fields without an action that is known is left out. */
export function readDeliveryStatus(text: string): DeliveryStatus {
  const [own = new Map<string, string>(), ...each] = text
    .replaceAll(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)
    .map(fieldsOf)
    .filter((fields) => fields.size > 0);
  const groups = own.has('action') ? [own, ...each] : each;
  return {
    envelopeId: own.get('original-envelope-id') ?? null,
    recipients: groups.slice(0, MOST_RECIPIENTS).flatMap((fields) => {
      const action = ACTIONS[(fields.get('action') ?? '').toLowerCase()];
      if (action === undefined) return [];
      const [status = null] = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '') ?? [];
      const recipient = fields.get('final-recipient') ?? fields.get('original-recipient') ?? null;
      return [
        {
          action,
          status,
          recipient: recipient === null ? null : afterType(recipient),
          said: fields.has('diagnostic-code') ? afterType(fields.get('diagnostic-code') ?? '') : null,
        },
      ];
    }),
  };
}

/** `rfc822; ten@tinh.vn` without what kind of address it is. */
function afterType(value: string): string {
  return value.replace(/^[\w-]+ *; */, '');
}

/** Fields by name in small letters, with their folded lines put together; of a name that comes twice the first. */
function fieldsOf(group: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of group.replaceAll(/\n[ \t]+/g, ' ').split('\n')) {
    const [, name, value] = /^([\w-]{1,60}):(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined && !fields.has(name.toLowerCase()))
      fields.set(name.toLowerCase(), value.trim());
  }
  return fields;
}

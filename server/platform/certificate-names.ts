import { isIP } from 'node:net';
import { duplexPair } from 'node:stream';
import { connect, createSecureContext, TLSSocket } from 'node:tls';

/** A domain with everything below it, or a network. */
export type Subtree = { readonly domain: string } | { readonly address: string; readonly prefix: number };

const [SEQUENCE, PERMITTED, EXCLUDED, DNS, ADDRESS] = [0x30, 0xa0, 0xa1, 0x82, 0x87];

/**
 * The extension that holds an authority to some names (RFC 5280, 4.2.1.10), in DER. A kind of name that none of them is of
 * is ruled out as a whole: what is not spoken of would be free.
 */
export function nameConstraints(permitted: readonly Subtree[]): Buffer<ArrayBuffer> {
  const excluded: Buffer[] = [];
  if (!permitted.some((one) => 'domain' in one)) excluded.push(der(DNS, Buffer.alloc(0)));
  if (!permitted.some((one) => 'address' in one)) {
    excluded.push(der(ADDRESS, Buffer.alloc(8)), der(ADDRESS, Buffer.alloc(32)));
  }
  const inside = permitted.map((one) =>
    'domain' in one
      ? der(DNS, Buffer.from(one.domain, 'latin1'))
      : der(ADDRESS, network(one.address, one.prefix)),
  );
  const list = (tag: number, bases: readonly Buffer[]): Buffer[] =>
    bases.length === 0 ? [] : [der(tag, ...bases.map((base) => der(SEQUENCE, base)))];
  return der(SEQUENCE, ...list(PERMITTED, inside), ...list(EXCLUDED, excluded));
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer<ArrayBuffer> {
  const content = Buffer.concat(parts);
  const size: number[] = [];
  for (let rest = content.length; rest > 0; rest >>= 8) size.unshift(rest & 0xff);
  const length = content.length < 128 ? [content.length] : [0x80 | size.length, ...size];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

/** Address and mask, one behind the other. */
function network(address: string, prefix: number): Buffer {
  const bytes = addressBytes(address);
  const mask = Buffer.from(
    bytes.map((_, at) => (0xff00 >> Math.max(0, Math.min(8, prefix - at * 8))) & 0xff),
  );
  return Buffer.concat([Buffer.from(bytes.map((byte, at) => byte & (mask[at] ?? 0))), mask]);
}

const groups = (text: string | undefined): string[] =>
  text === undefined || text === '' ? [] : text.split(':');

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  // The URL parser writes it in groups of hexadecimal digits, with one gap at most.
  const plain = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = plain.split('::');
  const [before, after] = [groups(head), groups(tail)];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  const all = tail === undefined ? before : [...before, ...zeros, ...after];
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

/**
 * What a client that trusts the authority says of a certificate, under the name by which it comes; null where it takes it.
 * Asked over a line inside this process: the verifier is the one that programs use, and not ours.
 */
export async function clientRefusal(
  server: { readonly cert: string; readonly key: string },
  authority: string,
  name: string,
): Promise<string | null> {
  const [here, there] = duplexPair();
  const serving = new TLSSocket(there, { isServer: true, secureContext: createSecureContext(server) });
  serving.on('error', () => undefined);
  const asking = connect({
    socket: here,
    ca: authority,
    host: name,
    ...(isIP(name) === 0 && { servername: name }),
  });
  try {
    return await new Promise((resolve) => {
      asking.once('secureConnect', () => resolve(null));
      asking.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
  } finally {
    asking.destroy();
    serving.destroy();
  }
}

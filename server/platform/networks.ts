import { BlockList, isIP, isIPv4 } from 'node:net';

/** The addresses and networks of a list such as `127.0.0.1`, `10.0.0.0/8`; null where one of them is neither. */
export function networksOf(list: readonly string[]): BlockList | null {
  const networks = new BlockList();
  for (const one of list) {
    const [address = '', bits, more] = one.split('/');
    const version = isIP(address);
    const prefix = bits === undefined ? null : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
    const longest = version === 4 ? 32 : 128;
    if (version === 0 || more !== undefined) return null;
    if (prefix !== null && (prefix < 0 || prefix > longest)) return null;
    const family = version === 4 ? 'ipv4' : 'ipv6';
    if (prefix === null) networks.addAddress(address, family);
    else networks.addSubnet(address, prefix, family);
  }
  return networks;
}

/** Whether an address of a connection is in one of the networks. IPv4 comes as `::ffff:10.0.0.5` where both are listened to. */
export function isIn(networks: BlockList, address: string | undefined): boolean {
  if (address === undefined) return false;
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '');
  const version = isIP(plain);
  return version !== 0 && networks.check(plain, version === 4 ? 'ipv4' : 'ipv6');
}

/** Whether an address is this machine itself: what is said to it goes over no line. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.');
}

/** Where something can be reached: at a port of its own, or at the one that is spoken of. */
export interface Place {
  readonly ip: string;
  readonly port?: number;
}

/** `203.113.0.5` and `10.0.0.5:45000`, separated by commas; null where something else stands there. */
export function placesIn(text: string): readonly Place[] | null {
  const list = text.split(',').map((one) => {
    const [, ip = '', port] = /^([\d.]+)(?::(\d{1,5}))?$/.exec(one.trim()) ?? [];
    if (!isIPv4(ip) || Number(port ?? 1) < 1 || Number(port ?? 1) > 65_535) return null;
    return { ip, ...(port !== undefined && { port: Number(port) }) };
  });
  return list.every((one) => one !== null) ? list : null;
}

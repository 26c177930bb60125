import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';

import { isLoopback, placesIn, type Place } from './networks.ts';
import type { Values } from './settings.ts';

/** What carries pictures and sound between bridges, and where. */
export interface MediaSettings {
  /** `auto`: the strongest that this machine has. */
  readonly engine: 'auto' | 'embedded' | 'mediasoup';
  /** The address that its socket is bound to. */
  readonly listen: string;
  /** UDP; 0 for any that is free. */
  readonly port: number;
  /** Under which addresses browsers reach it; a port of their own where something stands before it. */
  readonly announced: readonly Place[];
}

/** A server that only this machine reaches carries pictures only here; any other one wherever the machine can be reached. */
export function mediaSettings(values: Values): MediaSettings | undefined {
  const { MEDIA: engine, MEDIA_PORT: port, MEDIA_ADDRESS, HOST, PUBLIC_URL } = values;
  if (engine === 'off') return undefined;
  const isPublic = PUBLIC_URL !== undefined && !isLoopback(new URL(PUBLIC_URL).hostname);
  const given = MEDIA_ADDRESS === undefined ? null : placesIn(MEDIA_ADDRESS);
  const isLocal = isLoopback(HOST) && !isPublic && given === null;
  const listen = isLocal ? '127.0.0.1' : '0.0.0.0';
  const announced = given ?? (isLocal ? [{ ip: '127.0.0.1' }] : ownAddresses(HOST));
  return { engine, listen, port, announced };
}

/** The address that the server listens at, where it is one; else all that this machine has in a network. */
function ownAddresses(host: string): readonly Place[] {
  if (isIPv4(host) && !isLoopback(host) && host !== '0.0.0.0') return [{ ip: host }];
  const found = Object.values(networkInterfaces()).flatMap((cards) => cards ?? []);
  const outer = found.filter(({ family, internal }) => family === 'IPv4' && !internal);
  return outer.length === 0 ? [{ ip: '127.0.0.1' }] : outer.map(({ address }) => ({ ip: address }));
}

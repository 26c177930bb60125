import type { Mailbox } from '../../domain/mail/address.ts';

/** A mail server, and how it is spoken to. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte on (smtps), and not by STARTTLS. */
  readonly isSecure: boolean;
  /** Whether nothing is said without TLS and a certificate that holds. */
  readonly needsTls: boolean;
  /** Null for a server that asks nobody who they are. */
  readonly signIn: { readonly user: string; readonly password: string } | null;
}

export interface MailSettings {
  readonly from: Mailbox;
  /** Null in the test mode: letters are made and kept, and go nowhere. */
  readonly server: MailServer | null;
  readonly perMinute: number;
}

const USUAL_PORTS = { 'smtp:': 587, 'smtps:': 465 } as const;

/**
 * Reads `smtp://name:password@host:port?tls=required`. By `smtp` a server has to offer STARTTLS, unless it is this machine itself or the
 * address says `tls=optional`. Null for what is no such address.
 */
export function readMailServer(text: string): MailServer | null {
  const url = urlOf(text);
  if (url === null || url.hostname === '' || !/^\/?$/.test(url.pathname) || url.hash !== '') return null;
  const scheme = url.protocol === 'smtp:' || url.protocol === 'smtps:' ? url.protocol : null;
  const tls = url.searchParams.get('tls');
  const isKnown = [...url.searchParams.keys()].every((key) => key === 'tls');
  if (scheme === null || !isKnown || (tls !== null && tls !== 'required' && tls !== 'optional')) return null;
  const [user, password] = [decoded(url.username), decoded(url.password)];
  if (user === null || password === null || (user === '' && password !== '')) return null;
  const host = url.hostname.replaceAll(/^\[|\]$/g, '');
  const isHere = host === 'localhost' || host === '::1' || host.startsWith('127.');
  return {
    host,
    port: url.port === '' ? USUAL_PORTS[scheme] : Number(url.port),
    isSecure: scheme === 'smtps:',
    needsTls: tls === null ? !isHere : tls === 'required',
    signIn: user === '' ? null : { user, password },
  };
}

/** The address of a mail server with its password covered; null for a text that is none. */
export function withoutPassword(text: string): string | null {
  const url = urlOf(text);
  if (url === null || readMailServer(text) === null) return null;
  if (url.password !== '') url.password = '********';
  return url.href;
}

function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

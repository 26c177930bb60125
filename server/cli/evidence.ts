import * as crypto from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

import { fingerprintOf, readFingerprint, readStatement } from '../../domain/ledger/checkpoint.ts';
import { readAuditLine } from '../../domain/audit/export.ts';
import { sayAuditVerdict } from '../../domain/audit/verdict-sentences.ts';
import { auditVerifier, type AuditVerdict } from '../../domain/audit/verify.ts';
import type { Verdict } from '../../domain/ledger/verdict.ts';
import { sayVerdict } from '../../domain/ledger/verdict-sentences.ts';
import { exportVerifier, type VerifyOptions } from '../../domain/ledger/verify.ts';
import type { KeptCheckpoint, KeptHead } from '../../domain/ledger/verify-bridge.ts';
import type { BridgeId } from '../../domain/ids.ts';
import type { Language } from '../../domain/text/language.ts';
import { signatureCheck } from '../platform/signatures.ts';

/** This file goes into the verifier that stands alone: it uses Node itself, the rules, and nothing else. */

/** SHA-256 of a text's UTF-8 bytes, in hexadecimal; in one call where this Node has it. */
function sha256(text: string): string {
  return 'hash' in crypto
    ? crypto.hash('sha256', text, 'hex')
    : (crypto as typeof import('node:crypto')).createHash('sha256').update(text).digest('hex');
}

/** What a verifier is given of a public key: the key itself, or a file that has it, bare or as the API answers it. */
export function trustIn(given: string): VerifyOptions | null {
  for (const text of [given, fileText(given)]) {
    const key = text === null ? null : keyIn(text);
    const isSigned = key === null ? null : signatureCheck(key);
    if (key !== null && isSigned !== null) return { hash: sha256, key, isSigned };
  }
  return null;
}

function keyIn(text: string): string | null {
  return /(?:^|"key"\s*:\s*")([\w-]{43})(?:"|$)/.exec(text.trim())?.[1] ?? null;
}

/** A checkpoint that somebody kept: its fingerprint, or a file with its statement, bare or as the API answers it. */
export function keptCheckpoint(given: string): KeptCheckpoint | null {
  const fingerprint = readFingerprint(given);
  if (fingerprint !== null) return { fingerprint, number: null };
  const text = fileText(given);
  const statement = text === null ? null : statementIn(text);
  if (statement === null) return null;
  return { fingerprint: fingerprintOf(statement, sha256), number: readStatement(statement)?.number ?? null };
}

function statementIn(text: string): string | null {
  const plain = text.replaceAll('\r\n', '\n');
  if (readStatement(plain) !== null) return plain;
  try {
    const { statement } = JSON.parse(text) as { statement?: unknown };
    return typeof statement === 'string' && readStatement(statement) !== null ? statement : null;
  } catch {
    return null;
  }
}

/** A head that a device kept with its receipt: `BRIDGE:PLACE:HASH`. */
export function keptHead(given: string): KeptHead | null {
  const [, bridge, place, hash] = /^(.+):(\d{1,15}):([0-9a-f]{64})$/i.exec(given) ?? [];
  if (bridge === undefined || hash === undefined) return null;
  return { bridge: bridge.normalize('NFC') as BridgeId, place: Number(place), hash: hash.toLowerCase() };
}

function fileText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

const CHUNK = 1 << 20;
/** No line of an export is longer; a file of one endless line is none, and must not fill the memory. */
const LONGEST_LINE = 1 << 24;

/** The verifier of the kind of export that a file is, as its first line says. */
function eitherVerifier(options: VerifyOptions) {
  let chosen: ReturnType<typeof exportVerifier> | ReturnType<typeof auditVerifier> | null = null;
  return {
    take(line: string): void {
      if (chosen === null && line.trim() !== '') {
        const isTrail = readAuditLine(line.trimEnd())?.kind === 'header';
        chosen = isTrail ? auditVerifier(options) : exportVerifier(options);
      }
      chosen?.take(line);
    },
    finish: (): Verdict | AuditVerdict => (chosen ?? exportVerifier(options)).finish(),
  };
}

/** What a file comes to, for people. */
export function sayEither(verdict: Verdict | AuditVerdict, language: Language): string[] {
  return 'trail' in verdict ? sayAuditVerdict(verdict, language) : sayVerdict(verdict, language);
}

/** Verifies a file, of the ledger or of the audit trail, as it is read. Throws where it cannot be opened. */
export function verifyFile(path: string, options: VerifyOptions): Verdict | AuditVerdict {
  const verifier = eitherVerifier(options);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(CHUNK);
    let rest = '';
    for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer)) {
      const text = rest + decoder.decode(buffer.subarray(0, size), { stream: true });
      let from = 0;
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
        verifier.take(text.slice(from, end));
        from = end + 1;
      }
      rest = text.slice(from);
      if (rest.length <= LONGEST_LINE) continue;
      verifier.take('-');
      rest = '';
    }
    if (rest !== '') verifier.take(rest);
  } finally {
    closeSync(file);
  }
  return verifier.finish();
}

import type { AccountId } from '../../domain/ids.ts';
import type { Language } from '../../domain/text/language.ts';
import type { DeviceRow } from '../../domain/wire/devices.ts';
import { OPERATOR_NAME } from '../reports/sentences.ts';
import type { KnownDevice } from './queries.ts';
import { browserWords, numberedName } from './sentences.ts';

/** A machine as lists show it. */
export function presentDevice(
  known: KnownDevice,
  names: ReadonlyMap<AccountId, string>,
  language: Language,
): DeviceRow {
  const { bridge, account, pairedBy, replaces, revoked, number, name, browser, ...rest } = known;
  return {
    device: rest.device,
    bridge: bridge.id,
    bridgeName: bridge.name,
    name: name ?? numberedName(number, language),
    browser: browserWords(browser, language),
    account: account === null ? null : (names.get(account) ?? null),
    state: rest.state,
    pairedAt: rest.pairedAt,
    pairedBy: pairedBy === null ? null : (names.get(pairedBy) ?? null),
    replaces: replaces === null ? null : (replaces.name ?? numberedName(replaces.number, language)),
    firstContact: rest.firstContact,
    lastContact: rest.lastContact,
    waiting: rest.waiting,
    waitingSince: rest.waitingSince,
    revoked:
      revoked === null
        ? null
        : {
            at: revoked.at,
            reason: revoked.reason,
            by: revoked.by === null ? OPERATOR_NAME[language] : (names.get(revoked.by) ?? null),
          },
    held: rest.held,
  };
}

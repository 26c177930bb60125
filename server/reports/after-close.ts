import type { BridgeId, SessionId } from '../../domain/ids.ts';
import type { AfterRecording } from '../attendance/commands.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { freezeReport } from './commands.ts';

interface Freezing {
  /** More came in since its figures were taken. */
  again: boolean;
}

/**
 * Freezes a bridge's attendance report when the bridge closes, and once more as its next version when something is
 * uploaded after that. Nobody waits for it, and where it fails the next freeze has everything all the same: the ledger
 * is the truth, a version is what was known at one moment.
 */
export function freezeAfterClose(): AfterRecording {
  const running = new Map<SessionId, Map<BridgeId, Freezing>>();

  async function freeze(
    context: Context,
    conference: AuthorizedConferenceId,
    bridge: AuthorizedBridgeId<'host'>,
    session: SessionId,
    freezing: Freezing,
  ): Promise<void> {
    do {
      freezing.again = false;
      const frozen = await freezeReport(context, conference, bridge, session);
      if (!frozen.ok) context.log.warn({ bridge, session, reason: frozen.reason }, 'no report was frozen');
    } while (freezing.again);
  }

  return (context, conference, bridge, { live, items }) => {
    if (!items.some((item) => item.outcome === 'recorded')) return;
    if (live.tree.get(bridge) === undefined || live.book.node(bridge).state !== 'closed') return;
    const { session } = live;
    const bridges = running.get(session) ?? new Map<BridgeId, Freezing>();
    running.set(session, bridges);
    const known = bridges.get(bridge);
    if (known !== undefined) {
      known.again = true;
      return;
    }
    const freezing = { again: false };
    bridges.set(bridge, freezing);
    freeze(context, conference, bridge, session, freezing)
      .catch((error: unknown) => context.log.error({ err: error, bridge }, 'a report was not frozen'))
      .finally(() => bridges.delete(bridge));
  };
}

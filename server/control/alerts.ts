import { alertKey, covers, type Alert } from '../../domain/control/alerts.ts';
import type { ConferenceId, SessionId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { namesOf } from '../access/queries.ts';
import type { Context } from '../platform/context.ts';
import {
  endAlerts,
  insertAlerts,
  readAcknowledgements,
  readLasting,
  worsenAlert,
  type Acknowledgement,
  type AlertRecord,
} from './store.ts';

/** An alert that lasts, under the id by which it is taken on. */
export interface RaisedAlert {
  readonly id: string;
  readonly raisedAt: Instant;
  readonly alert: Alert;
  /** Who has taken it on as bad as it is now; null while nobody has, and again once it got worse. */
  readonly acknowledged: { readonly by: string; readonly at: Instant } | null;
}

/** The alerts of one session that last, kept in step with what the rules say. */
export interface Raised {
  /** As the rules said last, worst first. */
  all(): readonly RaisedAlert[];
  /** Raises, worsens and ends them as the rules say now. */
  follow(context: Context, alerts: readonly Alert[]): Promise<void>;
  /** Somebody took one on: asked for again the next time. */
  acknowledged(): void;
}

/** Opens the alerts of a session as an earlier run, or another process, left them. */
export function openRaised(conference: ConferenceId, session: SessionId): Raised {
  let records: Map<string, AlertRecord> | null = null;
  let acknowledgements = new Map<string, readonly Acknowledgement[]>();
  let names: ReadonlyMap<string, string> = new Map();
  let isStale = true;
  let raised: readonly RaisedAlert[] = [];

  async function readAgain(context: Context): Promise<Map<string, AlertRecord>> {
    const { read } = context.database;
    const lasting = await readLasting(read, session);
    const taken = await readAcknowledgements(
      read,
      lasting.map(({ id }) => id),
    );
    names = await namesOf(
      context,
      taken.flatMap(({ by }) => by ?? []),
    );
    acknowledgements = Map.groupBy(taken, ({ alert }) => alert);
    records = new Map(lasting.map((record) => [alertKey(record), record]));
    return records;
  }

  async function write(context: Context, alerts: readonly Alert[], known: Map<string, AlertRecord>) {
    const { write: connection } = context.database;
    const now = context.clock();
    const keys = new Set(alerts.map(alertKey));
    const fresh = alerts.filter((alert) => !known.has(alertKey(alert)));
    const over = [...known].filter(([key]) => !keys.has(key)).map(([, { id }]) => id);
    const worse = alerts.filter((alert) => {
      const record = known.get(alertKey(alert));
      return record !== undefined && !covers(record, alert);
    });
    if (fresh.length > 0) {
      await insertAlerts(
        connection,
        fresh.map(({ bridge, kind, level, bridges }) => ({
          id: context.newId(),
          conference,
          session,
          bridge,
          kind,
          raised_at: now,
          over_at: null,
          level,
          bridges,
        })),
      );
    }
    for (const alert of worse) {
      const record = known.get(alertKey(alert));
      if (record === undefined) continue;
      const level = Math.max(record.level, alert.level);
      await worsenAlert(connection, record.id, { level, bridges: Math.max(record.bridges, alert.bridges) });
    }
    if (over.length > 0) await endAlerts(connection, over, now);
    return fresh.length + worse.length + over.length > 0;
  }

  return {
    all: () => raised,
    acknowledged() {
      isStale = true;
    },
    async follow(context, alerts) {
      let known = records;
      if (known === null || isStale) {
        isStale = false;
        known = await readAgain(context);
      }
      if (await write(context, alerts, known)) known = await readAgain(context);
      const all = alerts.flatMap((alert): RaisedAlert[] => {
        const record = known.get(alertKey(alert));
        if (record === undefined) return [];
        const by = acknowledgements.get(record.id)?.find((each) => covers(each, alert));
        const acknowledged =
          by === undefined ? null : { by: by.by === null ? '' : (names.get(by.by) ?? ''), at: by.at };
        return [{ id: record.id, raisedAt: record.raised_at, alert, acknowledged }];
      });
      raised = all;
    },
  };
}

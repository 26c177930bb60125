import { firstLink, nextLink, type Link } from '../../../domain/ledger/chain.ts';
import type { BridgeId, SessionId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import type { NodeFigures } from '../../../domain/wire/attendance.ts';
import { api } from '../../../domain/wire/api.ts';
import { databaseFile, openDatabase } from '../../../server/platform/database.ts';
import { sha256 } from '../../../server/platform/keys.ts';
import { client } from '../../server/harness.ts';
import { cookieOf } from './cookies.ts';
import { ORGANIZER, type Nation } from './nation.ts';

/** What the ledger says by itself, without anything of the program that keeps tallies. */
export interface Counted {
  readonly events: number;
  /** Distinct people who arrived, and bridges that opened: in the subtree of each bridge. */
  readonly nodes: ReadonlyMap<string, { readonly attended: number; readonly opened: number }>;
}

/** Counts over the ledger's table in plain SQL. */
export async function countInSql(data: string, { session }: Nation): Promise<Counted> {
  const database = await openDatabase(databaseFile(data));
  try {
    const [total] = await database.read.raw<{ events: number }[]>(
      'select count(*) as events from attendance_event',
    );
    const rows = await database.read.raw<{ bridge: string; attended: number; opened: number }[]>(
      `with recursive
         own as (
           select bridge,
                  count(distinct case when form ->> 0 = 'arrive' then form ->> 7 end) as attended,
                  max(form ->> 0 = 'open') as opened
           from attendance_event where session = ? group by bridge
         ),
         above (bridge, node) as (
           select id, id from bridge
           union all
           select above.bridge, bridge.parent from above join bridge on bridge.id = above.node
           where bridge.parent is not null
         )
       select node as bridge, coalesce(sum(attended), 0) as attended, coalesce(sum(opened), 0) as opened
       from above left join own on own.bridge = above.bridge group by node`,
      [session],
    );
    return {
      events: total?.events ?? 0,
      nodes: new Map(rows.map(({ bridge, attended, opened }) => [bridge, { attended, opened }])),
    };
  } finally {
    await database.close();
  }
}

/** The figures that the program shows of every node, asked for as its pages do. */
export async function shownFigures(
  url: string,
  { conference, session, doors }: Nation,
): Promise<Map<string, NodeFigures>> {
  const organizer = client({ url }, cookieOf(ORGANIZER));
  const shown = new Map<string, NodeFigures>();
  const parents = new Set(doors.map(({ parent }) => parent).filter((parent) => parent !== null));
  for (const parent of parents) {
    const { bridge } = doors[parent]!;
    const answer = await organizer.call(api.figures, { params: { conference, session, bridge } });
    for (const node of [answer.node, ...answer.children]) shown.set(node.bridge, node);
  }
  return shown;
}

/** The nodes whose figures differ from what the ledger says. */
export function differing(shown: ReadonlyMap<string, NodeFigures>, { nodes }: Counted): string[] {
  return [...nodes].flatMap(([bridge, counted]) => {
    const node = shown.get(bridge);
    const same = node?.subtree.attended === counted.attended && node.opened === counted.opened;
    return same
      ? []
      : [
          `${bridge}: shows ${node?.subtree.attended} and ${node?.opened} open, the ledger has ${counted.attended} and ${counted.opened}`,
        ];
  });
}

interface Row {
  readonly seq: number;
  readonly session: SessionId;
  readonly bridge: BridgeId;
  readonly received_at: Instant;
  readonly place: number;
  readonly hash: Buffer;
  readonly form: string;
}
const ROWS_AT_A_TIME = 20_000;

/** Makes every chain of a ledger anew from its events; throws at the first event that does not fit. How many events fit. */
export async function verifyChains(data: string): Promise<number> {
  const database = await openDatabase(databaseFile(data));
  const heads = new Map<string, Link>();
  let verified = 0;
  try {
    for (let after = 0; ;) {
      const rows = await database.read.raw<Row[]>(
        'select * from attendance_event where seq > ? order by seq limit ?',
        [after, ROWS_AT_A_TIME],
      );
      for (const row of rows) {
        const chain = `${row.session} ${row.bridge}`;
        const before = heads.get(chain) ?? firstLink(row.session, row.bridge, sha256);
        const link = nextLink(before, row.received_at, row.form, sha256);
        if (link.place !== row.place || link.hash !== row.hash.toString('hex'))
          throw new Error(`the chain of bridge ${row.bridge} breaks at its event ${row.place}`);
        heads.set(chain, link);
        verified += 1;
      }
      if (rows.length < ROWS_AT_A_TIME) return verified;
      after = rows.at(-1)!.seq;
    }
  } finally {
    await database.close();
  }
}

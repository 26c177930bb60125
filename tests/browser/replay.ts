import type { Page } from 'playwright-core';

import type { ControlBoard, ControlChange } from '../../domain/wire/control.ts';

/**
 * Tells a control screen so many changes, one after the other as fast as it takes them; resolves once it shows the last, with the bytes
 * that were told.
 */
export type Replay = (updates: number) => Promise<number>;

/** So many are under way at once: what waits between a test and its browser takes longer the more it is. */
const TOGETHER = 200;

/**
 * Stands on the line between a page and its server, before the page is opened: what the server says goes through, and changes of the
 * control room can be replayed as if it had told them. An hour at national scale is 7,200 of them: two a second, with every tile,
 * curve and alerts new each time.
 */
export async function replayOn(page: Page): Promise<Replay> {
  let tell: ((message: string) => void) | null = null;
  let board: ControlBoard | null = null;
  await page.routeWebSocket(/socket\.io/, (line) => {
    const server = line.connectToServer();
    server.onMessage((message) => {
      board = boardIn(String(message)) ?? board;
      line.send(message);
    });
    tell = (message) => line.send(message);
  });
  return async (updates) => {
    if (tell === null || board === null) throw new Error('the page does not watch a control room yet');
    const present = board.node.present;
    let bytes = 0;
    for (let at = 1; at <= updates; at++) {
      const message = `42${JSON.stringify(['control:changed', changed(board, at)])}`;
      bytes += Buffer.byteLength(message);
      tell(message);
      if (at % TOGETHER === 0 || at === updates) await shows(page, present + at);
    }
    const last = present + updates;
    const { sequence, asOf } = changed(board, updates);
    board = { ...board, sequence, asOf, node: { ...board.node, present: last } };
    return bytes;
  };
}

async function shows(page: Page, present: number): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      document.querySelector('[data-testid=present]')?.textContent?.replaceAll(/\D/g, '') === `${wanted}`,
    present,
  );
}

/** The board in the answer to `control:watch`; null in any other message. */
function boardIn(message: string): ControlBoard | null {
  const found = /^43\d+(\[.*"board":.*\])$/s.exec(message);
  if (found === null) return null;
  const [answer] = JSON.parse(found[1] ?? '[]') as { board?: ControlBoard }[];
  return answer?.board ?? null;
}

/** A change in which everything that can be told has moved. */
function changed(board: ControlBoard, at: number): ControlChange {
  const asOf = (board.asOf + at * 500) as ControlBoard['asOf'];
  const more = (tile: ControlBoard['node']) => ({ ...tile, present: tile.present + at, changedAt: asOf });
  return {
    session: board.session,
    watched: board.bridge,
    sequence: board.sequence + at,
    asOf,
    tiles: [more(board.node), ...board.tiles.map(more)],
    curve: { ...board.curve, points: [...board.curve.points.slice(0, -1), at] },
    alerts: {
      ...board.alerts,
      items: board.alerts.items.map((alert) => ({ ...alert, id: `${alert.id}-${at % 50}` })),
    },
  };
}

/** Bytes that the scripts of a page hold on to. */
export async function heldBy(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

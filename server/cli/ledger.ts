import { z } from 'zod';

import { AttendanceEvent } from '../../domain/attendance/event.ts';
import { BridgeId } from '../../domain/ids.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { instantOf } from '../../domain/time.ts';
import type { LiveSession } from '../attendance/live.ts';
import type { AuthorizedBridgeId } from '../platform/scopes.ts';
import { badUsage, type Report } from './report.ts';
import { inputFile } from './files.ts';
import { bridgeOf, checked, nodeOf, sessionOf, type At, type Node, type Shell } from './shell.ts';

/** A line of events, before what it leaves out is filled in. */
const Line = z.looseObject({ bridge: BridgeId.optional(), at: z.union([z.int(), z.string()]) });

/** Events of one bridge that stand one after the other in the file. */
interface Batch {
  readonly bridge: AuthorizedBridgeId<'organize'>;
  readonly events: AttendanceEvent[];
}

const MOST_AT_ONCE = 1000;

/**
 * Records a file of events, one JSON object a line. A file with a line that is no event records nothing. An event
 * without an id gets one, so that recording the file again records it again; with ids it answers as it did before.
 */
export async function recordFile(shell: Shell, path: string, options: At): Promise<Report> {
  const [{ recordEvents }, { presentAnswer }, { freezeTouched }] = await Promise.all([
    import('../attendance/commands.ts'),
    import('../attendance/present.ts'),
    import('../versions/after-change.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const node = await nodeOf(shell, options);
  const { conference } = node;
  const session = await sessionOf(shell, conference, options.session);
  const batches = await batchesOf(shell, path, node, session, options.bridge);

  const items: object[] = [];
  const lines: string[] = [];
  let recorded = 0;
  let after: LiveSession | null = null;
  for (const { bridge, events } of batches) {
    const batch = await recordEvents(context, conference, bridge, session, events, 'vouched');
    if (!batch.ok) throw new Error(`a session that was just read is gone: ${batch.reason}`);
    const { live } = batch.value;
    for (const item of batch.value.items) {
      const answer = presentAnswer(live, item, language);
      items.push(answer);
      if (answer.outcome === 'recorded') recorded += 1;
      if (answer.outcome !== 'recorded' || answer.flags.length > 0) lines.push(`! ${answer.message}`);
    }
    after = live;
  }
  // As the server does: what closes gets a version, and what comes in after one makes the next.
  const bridges = new Set(batches.map(({ bridge }) => bridge));
  if (after !== null) await freezeTouched(context, conference, after, bridges);
  const [some, all] = [formatNumber(recorded, language), formatNumber(items.length, language)];
  return {
    json: { recorded, items },
    lines: [say(`Đã ghi ${some} trong ${all} sự kiện.`, `${some} of ${all} events were recorded.`), ...lines],
    negative: recorded < items.length,
  };
}

async function batchesOf(
  shell: Shell,
  path: string,
  node: Node,
  session: string,
  defaultBridge: string | undefined,
): Promise<Batch[]> {
  const { context } = shell;
  const { language } = context;
  const scopes = new Map<string, AuthorizedBridgeId<'organize'>>([[node.bridge, node.bridge]]);
  const batches: Batch[] = [];
  const { bytes } = await inputFile(path, language);
  for (const [at, text] of new TextDecoder().decode(bytes).split(/\r?\n/).entries()) {
    if (text.trim() === '') continue;
    const where = language === 'vi' ? `${path}, dòng ${at + 1}` : `${path}, line ${at + 1}`;
    const line = checked(Line, parsed(text), where, language);
    const named = line.bridge ?? defaultBridge;
    if (named === undefined) {
      throw badUsage({ vi: `${where}: thiếu bridge.`, en: `${where}: bridge is missing.` }, language);
    }
    const bridge = scopes.get(named) ?? (await bridgeOf(shell, node.conference, named));
    scopes.set(named, bridge);
    const moment = typeof line.at === 'string' ? instantOf(line.at) : line.at;
    const filled = { id: context.newId(), session, device: 'cli', offset: 0, ...line, bridge, at: moment };
    const event = checked(AttendanceEvent, filled, where, language);
    const last = batches.at(-1);
    if (last?.bridge === bridge && last.events.length < MOST_AT_ONCE) last.events.push(event);
    else batches.push({ bridge, events: [event] });
  }
  return batches;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

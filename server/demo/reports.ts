import type { ConferenceId } from '../../domain/ids.ts';
import { instantOf } from '../../domain/time.ts';
import { api } from '../../domain/wire/api.ts';
import type { BridgeRow } from '../../domain/wire/bridges.ts';
import { choices } from '../../fixtures/sample/random.ts';
import type { Visitor } from './visitor.ts';

/**
 * Plays the headcount reports ("thông báo thành phần, số lượng đại biểu ... trước ngày 10/01/2025"): the province sets an
 * earlier deadline for those below; most report in time, some late, a few not at all.
 */
export async function playReports(
  organizer: Visitor,
  conference: ConferenceId,
  bridges: readonly BridgeRow[],
  jumpTo: (iso: string) => Promise<void>,
): Promise<void> {
  const own = choices(10);
  const province = bridges.find((bridge) => bridge.class === 'province');
  const innerDeadline = instantOf('2025-01-08T00:00:00+07:00');
  if (province !== undefined && innerDeadline !== null) {
    await organizer.call(api.setInnerDeadline, {
      params: { conference, bridge: province.id },
      body: { dueBefore: innerDeadline },
    });
  }
  const late: BridgeRow[] = [];
  await jumpTo('2025-01-07T15:30:00+07:00');
  for (const bridge of bridges) {
    const luck = own.number(100);
    if (luck < 4 && bridge.class === 'commune') continue;
    if (luck < 10 && bridge.class === 'commune') late.push(bridge);
    else await submit(organizer, conference, bridge);
  }
  await jumpTo('2025-01-10T09:15:00+07:00');
  for (const bridge of late) await submit(organizer, conference, bridge);
}

async function submit(organizer: Visitor, conference: ConferenceId, bridge: BridgeRow): Promise<void> {
  const total = bridge.summoned + bridge.invited;
  const partyMember = Math.round(total * 0.92);
  await organizer.call(api.submitHeadcount, {
    params: { conference, bridge: bridge.id },
    body: {
      total,
      byCategory: { partyMember, other: total - partyMember },
      chairName: bridge.chairName,
    },
  });
}

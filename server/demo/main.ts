import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { instantOf, type Instant } from '../../domain/time.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { api } from '../../domain/wire/api.ts';
import { readConfig } from '../platform/config.ts';
import { uuidv7Maker } from '../platform/ids.ts';
import { startServer } from '../server.ts';
import { demoClock } from './clock.ts';
import { playAgenda } from './agenda.ts';
import { pairDoors, playDoors, playRehearsal } from './crowd.ts';
import { playInvitations } from './invitations.ts';
import { newMachine } from './machine.ts';
import { prepare } from './prepare.ts';
import { playReports } from './reports.ts';
import { visit } from './visitor.ts';

/** `npm run demo`: the whole program in a temporary folder, with the sample conference and its doors played. */
function say(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

function instantIn(iso: string): Instant {
  const instant = instantOf(iso);
  if (instant === null) throw new Error(`not an instant: ${iso}`);
  return instant;
}

const data = await mkdtemp(join(tmpdir(), 'nhipcau-demo-'));
/** One account at one machine plays every door: it may ask as much as all of them together. */
const rateFactor = 200;
const config = { ...readConfig(process.env, process.argv.slice(2)), data, rateFactor };
const clock = demoClock(Date.now);
const server = await startServer(config, { clock });

const stop = async (): Promise<void> => {
  await server.close();
  await rm(data, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}

const machine = newMachine(clock);
const organizer = visit(server.url, machine);
const password = randomBytes(9).toString('base64url');
const [, token = ''] = server.setupLink?.split('#') ?? [];
await organizer.call(api.setUp, {
  body: { token, username: 'demo', name: 'Ban tổ chức', password },
});
say('Đang chuẩn bị hội nghị mẫu ngày 13/01/2025… / Preparing the sample conference…');
const { conference, session, rehearsal, bridges, people } = await prepare(organizer);
/** Days that go by end a sign-in, as they would end anybody's. */
const signInAgain = async (): Promise<void> => {
  await organizer.call(api.signIn, { body: { username: 'demo', password } });
};
const jumpTo = async (iso: string): Promise<void> => {
  clock.stopAt(iso);
  await signInAgain();
};
const personalPage = await playInvitations(organizer, conference, bridges, jumpTo);
await playReports(organizer, conference, bridges, jumpTo);
const { device } = machine;
const day = { conference, clock, newId: uuidv7Maker(clock), device };
await jumpTo('2025-01-12T15:00:00+07:00');
await pairDoors(organizer, bridges, day);
await playRehearsal(organizer, bridges, {
  ...day,
  session: rehearsal,
  startsAt: instantIn('2025-01-12T14:00:00+07:00'),
});
clock.runFrom('2025-01-13T07:20:00+07:00');
await signInAgain();
const address = config.publicUrl ?? server.url;
say(
  '',
  `${formatNumber(bridges.length)} điểm cầu, ${formatNumber(people)} người. / bridges, people.`,
  '',
  `  ${address}/conferences/${conference}/control`,
  `  ${address}/wall/${conference}`,
  `  ${personalPage}`,
  '',
  `  Tên đăng nhập / user name: demo`,
  `  Mật khẩu / password:       ${password}`,
  '',
  'Các điểm cầu đang mở cửa; 45 phút trước giờ họp trôi qua trong 3 phút. Ctrl+C để dừng.',
  'The bridges are opening; the 45 minutes before the start go by in 3. Ctrl+C stops.',
);
const startsAt = instantIn('2025-01-13T08:00:00+07:00');
const setting = { ...day, session, startsAt };
// The agenda may be run by whoever looks at the demo: what they said first stands, and the desk stops.
const desk = playAgenda(organizer, setting).catch(() => undefined);
await playDoors(organizer, bridges, setting);
say('', 'Mọi người đã vào chỗ. / Everybody has arrived.');
await desk;

/*
 * How fast another program reaches the stations of a nation, and what that does to doors that check people in meanwhile.
 *
 *   npm run bench:program                        npm run bench:program -- --lines 3000
 */
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { cookieOf } from './load/cookies.ts';
import { at, count, median, round, sorted } from './load/figures.ts';
import { openLine } from './load/line.ts';
import { BRIDGES, nation, ORGANIZER } from './load/nation.ts';
import { moment } from './load/samples.ts';
import { onStage } from './load/stage.ts';

const { values: flags } = parseArgs({
  options: { short: { type: 'boolean', default: false }, lines: { type: 'string' } },
});
const LINES = Number(flags.lines ?? (flags.short ? 2000 : BRIDGES));
const PROCESSES = 2;
const SWITCHES = 10;
const CHECK_INS_PER_SECOND = 200;
const LASTS_MS = 10_000;
const PATIENCE_MS = 20_000;

const country = nation(LINES, 20 * LINES);
await onStage(country, { processes: PROCESSES }, async ({ servers, crowd }) => {
  const { url } = servers.program;
  await crowd.order('open', { to: 'program', url, watch: false });
  const joined = await crowd.order('joinStations', null);
  const joinedS = Math.max(...joined.map(({ answeredMs }) => answeredMs)) / 1000;
  const { hostname: host, port } = new URL(url);
  const director = await openLine({
    host,
    port: Number(port),
    cookie: cookieOf(ORGANIZER),
    from: '127.0.0.1',
  });

  const checkIn = async (): Promise<number> => {
    const order = { to: 'program', perSecond: CHECK_INS_PER_SECOND / PROCESSES, lastsMs: LASTS_MS } as const;
    const answered = await crowd.order('openLoop', order);
    return at(0.99, sorted(answered.map(({ latenciesMs }) => latenciesMs)));
  };
  const put = (place: number): Promise<number> => {
    const { conference, session, doors } = country;
    const body = JSON.stringify({ conference, session, bridge: doors[place]!.bridge, step: 'put' });
    const asked = moment();
    return new Promise((resolve, reject) =>
      director.ask('media:direct', body, (answer) => {
        if (answer.includes('"ok":true')) resolve(moment() - asked);
        else reject(new Error(answer.toString()));
      }),
    );
  };
  const answeredMs: number[] = [];
  const everybodyMs: number[] = [];
  const switchPrograms = async (): Promise<void> => {
    for (let turn = 0; turn < SWITCHES; turn++) {
      await crowd.order('programs', null);
      const asked = moment();
      answeredMs.push(await put(1 + (turn % 50)));
      let heard = 0;
      let lastAt = asked;
      while (heard < LINES) {
        if (moment() - asked > PATIENCE_MS) throw new Error(`${heard} of ${LINES} stations were told`);
        await wait(100);
        for (const told of await crowd.order('programs', null)) {
          heard += told.count;
          lastAt = Math.max(lastAt, told.lastAt);
        }
      }
      everybodyMs.push(lastAt - asked);
    }
  };

  const before = await servers.program.tell();
  await switchPrograms();
  const after = await servers.program.tell();
  const processorMs = (after.processorMs - before.processorMs) / SWITCHES;
  const alone = { answered: median(answeredMs.splice(0)), everybody: median(everybodyMs.splice(0)) };
  const quietMs = await checkIn();
  // Orders of a process are answered one after the other: switching waits for no count of who was told.
  const [busyMs] = await Promise.all([
    checkIn(),
    (async () => {
      for (let turn = 0; turn < SWITCHES; turn++) {
        answeredMs.push(await put(60 + (turn % 2)));
        await wait(LASTS_MS / SWITCHES - 50);
      }
    })(),
  ]);
  director.cut();

  console.log(`\n${count(LINES)} stations join one room at once: all answered after ${joinedS.toFixed(2)} s`);
  console.log(
    `another program: the director is answered after ${alone.answered.toFixed(0)} ms, the last station is told after ${alone.everybody.toFixed(0)} ms (medians of ${SWITCHES}), for ${processorMs.toFixed(0)} ms of processors`,
  );
  console.log(
    `${CHECK_INS_PER_SECOND} check-ins a second meanwhile: p99 ${busyMs.toFixed(1)} ms with a switch every second, ${quietMs.toFixed(1)} ms without`,
  );
  console.log(
    JSON.stringify({
      bench: 'program',
      lines: LINES,
      joinedS: round(joinedS, 2),
      answeredMs: round(alone.answered),
      everybodyMs: round(alone.everybody),
      processorMs: round(processorMs),
      checkInP99Ms: { withSwitches: round(busyMs, 1), without: round(quietMs, 1) },
    }),
  );
});

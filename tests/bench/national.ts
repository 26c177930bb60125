/*
 * A national conference as published for 13/01/2025: 15,345 bridges connected at once, 978,532 people checked in over the
 * curve of a real morning, compressed to as fast as it goes, while control screens watch the root and several provinces. Then
 * every node's tally is compared with a plain SQL count, and every chain is made anew.
 *
 *   npm run bench:national              npm run bench:national -- --scale 0.05         npm run bench:national -- --ledger
 *
 * `--ledger`: no sockets, the record command alone in this process, 40,000 bridges and 2,500,000 people, against one bare
 * statement for as many rows of the same size. The whole form runs it as well.
 */
import { parseArgs } from 'node:util';

import { at, count, round, sorted } from './load/figures.ts';
import { ledgerRate } from './load/ledger-rate.ts';
import { BRIDGES, nation, PEOPLE } from './load/nation.ts';
import { countInSql, differing, shownFigures, verifyChains } from './load/proof.ts';
import { delays, openScreens, placesOnScreens, watchedNodes } from './load/screens.ts';
import { onStage } from './load/stage.ts';

const { values: flags } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    scale: { type: 'string' },
    ledger: { type: 'boolean', default: false },
    window: { type: 'string', default: '4000' },
    processes: { type: 'string', default: '2' },
    flags: { type: 'string', multiple: true, default: [] },
  },
});
const SCALE = Number(flags.scale ?? (flags.short ? 0.05 : 1));
const PROCESSES = Number(flags.processes);
const WINDOW = Number(flags.window);
const PROVINCES_WATCHED = 5;
const LAST_FIGURES_MS = 2500;
const LOOK_EVERY_MS = 1000;
const MIB = 1024 ** 2;

const figures: Record<string, number> = {};
if (!flags.ledger) await morning();
if (flags.ledger || SCALE === 1) await ledger();
console.log(JSON.stringify({ bench: 'national', ...figures }));

async function morning(): Promise<void> {
  const country = nation(Math.round(BRIDGES * SCALE), Math.round(PEOPLE * SCALE));
  const nodes = watchedNodes(country, PROVINCES_WATCHED);
  const onScreens = placesOnScreens(country, nodes);
  console.log(`${count(country.doors.length)} bridges, ${count(country.people)} people`);
  const setting = { processes: PROCESSES, flags: flags.flags, onScreens };
  await onStage(country, setting, async ({ data, servers: { program }, crowd }) => {
    const alone = await program.tell('settled');
    const opened = await crowd.order('open', { to: 'program', url: program.url, watch: true });
    const connected = await program.tell('settled');
    const openedIn = Math.max(...opened.map(({ answeredMs }) => answeredMs)) / 1000;
    const each = (connected.usedBytes - alone.usedBytes) / country.doors.length / 1024;
    console.log(
      `connected and watching their doors in ${openedIn.toFixed(1)} s   ${each.toFixed(1)} kB for each   RSS ${(alone.rssBytes / MIB).toFixed(0)} MB before, ${(connected.rssBytes / MIB).toFixed(0)} MB after`,
    );
    const screens = await openScreens(country, program.url, nodes);

    let highest = 0;
    const look = (): void => {
      void program.tell().then(({ rssBytes }) => (highest = Math.max(highest, rssBytes)));
    };
    const before = await program.tell();
    const looking = setInterval(look, LOOK_EVERY_MS);
    const played = await crowd.order('playMorning', { window: WINDOW / PROCESSES });
    clearInterval(looking);
    const after = await program.tell();
    highest = Math.max(highest, after.rssBytes);

    const tookS =
      (Math.max(...played.map(({ to }) => to)) - Math.min(...played.map(({ from }) => from))) / 1000;
    const sum = (of: 'events' | 'messages' | 'repeated'): number =>
      played.reduce((all, one) => all + one[of], 0);
    const latencies = sorted(played.map(({ latenciesMs }) => latenciesMs));
    const commits = after.commits - before.commits;
    const busy = (after.processorMs - before.processorMs) / 1000 / tookS;
    console.log(
      [
        `${count(sum('events'))} events in ${tookS.toFixed(1)} s   ${count(sum('events') / tookS)}/s   ${(sum('events') / sum('messages')).toFixed(2)} in a message   ${(sum('events') / commits).toFixed(0)} in a commit   ${sum('repeated')} messages sent twice`,
        `acknowledged within p50 ${at(0.5, latencies).toFixed(0)} ms, p99 ${at(0.99, latencies).toFixed(0)} ms, ${count(WINDOW)} waiting at most   program ${busy.toFixed(2)} processors busy, highest RSS ${(highest / MIB).toFixed(0)} MB`,
      ].join('\n'),
    );

    await new Promise((resolve) => void setTimeout(resolve, LAST_FIGURES_MS));
    const acknowledged = new Map((await crowd.order('acknowledged', null)).flatMap((own) => [...own]));
    const { delaysMs, missing } = delays(acknowledged, screens.shown());
    const { messages, bytes } = screens.shown();
    screens.close();
    console.log(
      `${nodes.length} screens, ${count(messages)} messages of ${count(bytes / messages)} bytes: ${count(delaysMs.length)} check-ins followed, median ${at(0.5, delaysMs).toFixed(0)} ms behind their acknowledgement, p99 ${at(0.99, delaysMs).toFixed(0)} ms, worst ${at(1, delaysMs).toFixed(0)} ms, ${missing} never shown`,
    );

    const shown = await shownFigures(program.url, country);
    const counted = await countInSql(data, country);
    const wrong = differing(shown, counted);
    const chained = await verifyChains(data);
    // One event more: with it the bench has asked what an answer looks like.
    const lost = sum('events') + 1 - counted.events;
    console.log(
      `${count(counted.nodes.size)} tallies compared with SQL: ${wrong.length === 0 ? 'all the same' : `${wrong.length} differ, ${wrong[0]}`}   ledger has ${count(counted.events)} events, ${lost === 0 ? 'each acknowledged one once' : `${lost} less than acknowledged`}   chains verified over ${count(chained)}`,
    );
    Object.assign(figures, {
      bridges: country.doors.length,
      people: country.people,
      events: sum('events'),
      tookS: round(tookS, 1),
      eventsPerSecond: round(sum('events') / tookS),
      eventsPerMessage: round(sum('events') / sum('messages'), 2),
      eventsPerCommit: round(sum('events') / commits),
      p50Ms: round(at(0.5, latencies)),
      p99Ms: round(at(0.99, latencies)),
      processorsBusy: round(busy, 2),
      processorUsPerEvent: round((1000 * (after.processorMs - before.processorMs)) / sum('events'), 1),
      connectedS: round(openedIn, 1),
      connectionKb: round(each, 1),
      highestRssMb: round(highest / MIB),
      screenDelayMedianMs: round(at(0.5, delaysMs)),
      screenDelayP99Ms: round(at(0.99, delaysMs)),
      screenDelayWorstMs: round(at(1, delaysMs)),
      screenMissing: missing,
      talliesDiffering: wrong.length,
      eventsLost: lost,
      eventsChained: chained,
    });
  });
}

async function ledger(): Promise<void> {
  const rate = await ledgerRate(nation(Math.round(40_000 * SCALE), Math.round(2_500_000 * SCALE)), WINDOW);
  console.log(
    [
      `the ledger alone, ${count(rate.bridges)} bridges and ${count(rate.people)} people, ${count(WINDOW)} waiting at most (book opened in ${rate.openedS.toFixed(1)} s)`,
      `  program  ${count(rate.eventsPerSecond).padStart(8)}/s   ${rate.tookS.toFixed(1)} s for ${count(rate.events)} events, last tenth at ${rate.lastTenthRatio.toFixed(2)} of the first, RSS ${(rate.rssBytes / MIB).toFixed(0)} MB`,
      `  bare     ${count(rate.bareRowsPerSecond).padStart(8)}/s   the same rows by one statement for each 1,000`,
      `  ratio ${(rate.eventsPerSecond / rate.bareRowsPerSecond).toFixed(2)}`,
    ].join('\n'),
  );
  Object.assign(figures, {
    ledgerBridges: rate.bridges,
    ledgerPeople: rate.people,
    ledgerEvents: rate.events,
    ledgerTookS: round(rate.tookS, 1),
    ledgerEventsPerSecond: round(rate.eventsPerSecond),
    ledgerBareRowsPerSecond: round(rate.bareRowsPerSecond),
    ledgerLastTenthRatio: round(rate.lastTenthRatio, 2),
    ledgerRssMb: round(rate.rssBytes / MIB),
  });
}

/*
 * All bridges lose their line and come back at once: each signs in by its cookie, asks to be told of its door and compares the
 * mark with what it has. Against bare socket.io with the same clients, which let in everybody and answers them with as many
 * bytes, round by round in the same run.
 *
 *   npm run bench:reconnect                        npm run bench:reconnect -- --lines 3000 --rounds 3
 */
import { parseArgs } from 'node:util';

import { count, median, round } from './load/figures.ts';
import type { To } from './load/held.ts';
import { BRIDGES, nation, PEOPLE } from './load/nation.ts';
import { onStage } from './load/stage.ts';

const { values: flags } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    lines: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    processes: { type: 'string', default: '2' },
    flags: { type: 'string', multiple: true, default: [] },
  },
});
const LINES = Number(flags.lines ?? (flags.short ? 2000 : BRIDGES));
const ROUNDS = Number(flags.rounds);

interface Round {
  readonly openS: number;
  readonly inStepS: number;
  readonly processorS: number;
}

const country = nation(LINES, Math.round((PEOPLE * LINES) / BRIDGES));
const rounds: Record<To, Round[]> = { program: [], bare: [] };
await onStage(
  country,
  { processes: Number(flags.processes), flags: flags.flags },
  async ({ servers, crowd }) => {
    const open = async (to: To): Promise<Round> => {
      const before = await servers[to].tell();
      const opened = await crowd.order('open', { to, url: servers[to].url, watch: true });
      const after = await servers[to].tell();
      return {
        openS: Math.max(...opened.map(({ openMs }) => openMs)) / 1000,
        inStepS: Math.max(...opened.map(({ answeredMs }) => answeredMs)) / 1000,
        processorS: (after.processorMs - before.processorMs) / 1000,
      };
    };
    for (const to of ['bare', 'program'] as const) {
      const { openS, inStepS } = await open(to);
      console.log(
        `${count(LINES)} lines to the ${to} server for the first time: open in ${openS.toFixed(2)} s, answered in ${inStepS.toFixed(2)} s`,
      );
    }
    for (let turn = 0; turn < ROUNDS; turn++) {
      for (const to of ['bare', 'program'] as const) {
        // The server learns of the lost lines while the new ones come in.
        await crowd.order('cut', { to });
        rounds[to].push(await open(to));
      }
    }
  },
);

const middle = (to: To, figure: keyof Round): number => median(rounds[to].map((one) => one[figure]));
const ratio = median(rounds.program.map((one, turn) => one.inStepS / rounds.bare[turn]!.inStepS));
const ratioToOpen = median(rounds.program.map((one, turn) => one.inStepS / rounds.bare[turn]!.openS));
console.log(`\n${count(LINES)} lines cut and back at once, median of ${ROUNDS} rounds`);
for (const to of ['program', 'bare'] as const) {
  console.log(
    `  ${to.padEnd(8)} all open after ${middle(to, 'openS').toFixed(2)} s, all answered after ${middle(to, 'inStepS').toFixed(2)} s   ${((1e6 * middle(to, 'processorS')) / LINES).toFixed(0)} µs of processors for each`,
  );
}
console.log(
  `  ratio ${ratio.toFixed(2)}   (${ratioToOpen.toFixed(2)} to the bare server's lines being open and nothing more)`,
);
console.log(
  JSON.stringify({
    bench: 'reconnect',
    lines: LINES,
    rounds: ROUNDS,
    openS: round(middle('program', 'openS'), 2),
    inStepS: round(middle('program', 'inStepS'), 2),
    bareOpenS: round(middle('bare', 'openS'), 2),
    bareAnsweredS: round(middle('bare', 'inStepS'), 2),
    ratio: round(ratio, 2),
    ratioToBareOpen: round(ratioToOpen, 2),
    processorUsEach: round((1e6 * middle('program', 'processorS')) / LINES),
    bareProcessorUsEach: round((1e6 * middle('bare', 'processorS')) / LINES),
  }),
);

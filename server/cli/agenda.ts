import type { Command } from 'commander';

import { describeIgnored } from '../../domain/schedule/sentences.ts';
import { formatTime } from '../../domain/text/dates.ts';
import { formatDuration } from '../../domain/text/durations.ts';
import { scheduleContracts, type AgendaRun } from '../../domain/wire/schedule.ts';
import { table, type Report, type Say } from './report.ts';
import { checked, commonOptions, conferenceOf, inShell, sessionOf, type At, type Shell } from './shell.ts';

interface StepOptions extends At {
  readonly item: string;
  readonly step: string;
  readonly minutes?: string;
}

/** `agenda ...`: the programme of a session as it runs (điều hành chương trình). */
export function registerAgenda(program: Command, say: Say): void {
  const agenda = program
    .command('agenda')
    .description(say('chương trình của một buổi', 'agenda of a session'));
  const at = (command: Command): Command =>
    command
      .option('--conference <id>', say('hội nghị', 'conference'))
      .option(
        '--session <id>',
        say('buổi họp; không có là buổi đầu tiên', 'session; the first where left out'),
      );

  at(agenda.command('show'))
    .description(say('chương trình đang ở đâu, dự kiến xong lúc nào', 'where it stands and when it will end'))
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => show(shell, options));
    });

  const { step } = scheduleContracts.stepAgenda.body.shape;
  at(agenda.command('step'))
    .description(say('bắt đầu, dừng, bỏ qua hoặc kéo dài một mục', 'start, pause, skip or extend an item'))
    .requiredOption('--item <number>', say('mục thứ mấy, từ 1', 'which item, from 1'))
    .requiredOption('--step <step>', step.options.join(', '))
    .option('--minutes <minutes>', say('với extend: thêm mấy phút', 'with extend: by how many minutes'))
    .action(async (options: StepOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => stepItem(shell, options));
    });
}

async function show(shell: Shell, options: At): Promise<Report> {
  const [{ agendaRunOf }, { presentRun }] = await Promise.all([
    import('../schedule/queries.ts'),
    import('../schedule/present.ts'),
  ]);
  const conference = await conferenceOf(shell, options);
  const session = await sessionOf(shell, conference, options.session);
  const found = await agendaRunOf(shell.context, conference, session);
  if (!found.ok) throw new Error('a session that was just read is gone');
  return runReport(presentRun(found.value), shell);
}

async function stepItem(shell: Shell, options: StepOptions): Promise<Report> {
  const [{ stepAgenda }, { presentRun }] = await Promise.all([
    import('../schedule/stepping.ts'),
    import('../schedule/present.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const given = {
    item: Number(options.item) - 1,
    step: options.step,
    minutes: options.minutes === undefined ? null : Number(options.minutes),
  };
  const said = checked(scheduleContracts.stepAgenda.body, given, 'agenda step', language);
  const conference = await conferenceOf(shell, options);
  const session = await sessionOf(shell, conference, options.session);
  const stepped = await stepAgenda(context, conference, session, said);
  if (stepped.ok) return runReport(presentRun(stepped.value), shell);
  const message =
    stepped.reason === 'ignored'
      ? describeIgnored(stepped.why, language)
      : stepped.reason === 'minutes'
        ? say('--minutes đi với extend, và chỉ với extend.', '--minutes goes with extend, and only with it.')
        : describeIgnored('unknown item', language);
  return { json: { ok: false, reason: stepped.reason, message }, lines: [message], negative: true };
}

function runReport(run: AgendaRun, { context, say }: Shell): Report {
  const { language } = context;
  const states = {
    waiting: say('chờ', 'waiting'),
    running: say('đang diễn ra', 'running'),
    paused: say('tạm dừng', 'paused'),
    done: say('xong', 'done'),
    skipped: say('bỏ qua', 'skipped'),
  };
  return {
    json: run,
    lines: [
      ...table(
        run.items.map(({ title, state, plannedMinutes, actualMs }, index) => [
          String(index + 1),
          states[state],
          plannedMinutes === null ? '-' : `${plannedMinutes}′`,
          actualMs === 0 ? '-' : formatDuration(actualMs, language),
          title.length > 70 ? `${title.slice(0, 70)}…` : title,
        ]),
      ),
      say(
        `Dự kiến xong lúc ${formatTime(run.forecastEnd)} (kế hoạch ${formatTime(run.plannedEnd)}).`,
        `Forecast end ${formatTime(run.forecastEnd)} (planned ${formatTime(run.plannedEnd)}).`,
      ),
    ],
  };
}

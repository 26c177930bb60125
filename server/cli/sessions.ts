import type { Command } from 'commander';

import { assertNever } from '../../domain/result.ts';
import { formatDateTime } from '../../domain/text/dates.ts';
import { scheduleContracts } from '../../domain/wire/schedule.ts';
import type { SessionFailure } from '../schedule/commands.ts';
import { table, type Report, type Say } from './report.ts';
import {
  checked,
  commonOptions,
  conferenceOf,
  inShell,
  instantOption,
  type At,
  type Shell,
} from './shell.ts';

interface AddOptions extends At {
  readonly kind: string;
  readonly title: string;
  readonly starts: string;
  readonly ends: string;
  readonly venue?: string;
}

/** `sessions ...`: sessions, rehearsals, line tests and follow-up sessions of a conference. */
export function registerSessions(program: Command, say: Say): void {
  const sessions = program.command('sessions').description(say('buổi họp', 'sessions'));
  const conference = say('hội nghị', 'conference');

  sessions
    .command('list')
    .description(say('các buổi, kèm mã', 'sessions with their ids'))
    .option('--conference <id>', conference)
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), async (shell) => {
        const [{ sessionsOf }, { presentSession }] = await Promise.all([
          import('../schedule/queries.ts'),
          import('../schedule/present.ts'),
        ]);
        const all = (await sessionsOf(shell.context, await conferenceOf(shell, options))).map(presentSession);
        const { language } = shell.context;
        return {
          json: all,
          lines: table(
            all.map(({ id, kind, startsAt, title }) => [id, kind, formatDateTime(startsAt, language), title]),
          ),
        };
      });
    });

  const { kind } = scheduleContracts.addSession.body.shape;
  sessions
    .command('add')
    .description(
      say('thêm một buổi họp, chạy thử hoặc thử đường truyền', 'add a session, a rehearsal or a line test'),
    )
    .requiredOption('--title <text>', say('tên buổi', 'title'))
    .requiredOption('--starts <moment>', '2025-01-13T08:00+07:00')
    .requiredOption('--ends <moment>', '2025-01-13T11:30+07:00')
    .option('--kind <kind>', kind.options.join(', '), 'session')
    .option('--venue <text>', say('địa điểm', 'venue'))
    .option('--conference <id>', conference)
    .action(async (options: AddOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => add(shell, options));
    });
}

async function add(shell: Shell, options: AddOptions): Promise<Report> {
  const [{ addSession }, { clashesOf }, { conferenceSummary }, { presentConflicts, presentSession }] =
    await Promise.all([
      import('../schedule/commands.ts'),
      import('../schedule/clashes.ts'),
      import('../plans/queries.ts'),
      import('../schedule/present.ts'),
    ]);
  const { context, say } = shell;
  const { language } = context;
  const given = {
    kind: options.kind,
    title: options.title,
    startsAt: instantOption(options.starts, language),
    endsAt: instantOption(options.ends, language),
    venue: options.venue ?? null,
  };
  const input = checked(scheduleContracts.addSession.body, given, 'sessions add', language);
  const conference = await conferenceOf(shell, options);
  const added = await addSession(context, conference, input);
  if (!added.ok) {
    const message = sayFailure(added, say);
    return { json: { ok: false, reason: added.reason, message }, lines: [message], negative: true };
  }
  const { session } = added.value;
  const { title } = await conferenceSummary(context, conference);
  const own = { id: conference, title, people: true };
  const clashes = await clashesOf(context, [session], async (id) => (id === conference ? own : null));
  const conflicts = presentConflicts([session], clashes, language);
  return {
    json: { ok: true, session: presentSession(session), conflicts },
    lines: [`${session.id}  ${session.title}`, ...conflicts.map(({ message }) => `! ${message}`)],
  };
}

function sayFailure(failure: SessionFailure, say: Say): string {
  switch (failure.reason) {
    case 'impossible time':
      return say(
        'Không phải ngày giờ của một buổi họp. Chưa ghi gì.',
        'This is no date and hour of a session. Nothing was written.',
      );
    case 'ends before it starts':
      return say(
        'Giờ kết thúc phải sau giờ bắt đầu. Chưa ghi gì.',
        'The end must be after the start. Nothing was written.',
      );
    case 'too long':
      return say(
        'Một buổi không kéo dài quá 31 ngày. Chưa ghi gì.',
        'A session does not go on for more than 31 days. Nothing was written.',
      );
    case 'doors':
      return say(
        'Giờ mở cửa phải trước giờ bắt đầu, sớm nhất là một ngày. Chưa ghi gì.',
        'Doors open before the start, by a day at the most. Nothing was written.',
      );
    case 'no such bridge':
      return say(
        'Hội nghị không có điểm cầu này. Chưa ghi gì.',
        'The conference has no such bridge. Nothing was written.',
      );
    case 'no such chair':
      return say(
        'Danh sách đại biểu không có người chủ trì này. Chưa ghi gì.',
        'The roster has nobody like this chair. Nothing was written.',
      );
    case 'no such presenter':
      return say(
        'Danh sách đại biểu không có người trình bày này. Chưa ghi gì.',
        'The roster has no such presenter. Nothing was written.',
      );
    default:
      return assertNever(failure);
  }
}

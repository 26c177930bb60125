import type { Command } from 'commander';

import { formatNumber } from '../../domain/text/numbers.ts';
import { outputFile } from './files.ts';
import { badUsage, type Report, type Say } from './report.ts';
import { commonOptions, inShell, nodeOf, type At, type Shell } from './shell.ts';

interface IssueOptions extends At {
  readonly out: string;
}

/** `passes issue`: the passes of a bridge and everything below it as a file. */
export function registerPasses(program: Command, say: Say): void {
  program
    .command('passes')
    .description(say('thẻ đại biểu', 'passes'))
    .command('issue')
    .description(
      say(
        'ghi thẻ của mọi người ở một điểm cầu và các điểm cầu bên dưới ra tệp CSV',
        'write the passes of everybody at a bridge and below it to a CSV',
      ),
    )
    .requiredOption('--out <file>', say('tệp CSV', 'CSV file'))
    .option(
      '--bridge <id>',
      say('điểm cầu; không có là điểm cầu cao nhất', 'bridge; the topmost where left out'),
    )
    .option('--conference <id>', say('hội nghị', 'conference'))
    .action(async (options: IssueOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => issue(shell, options));
    });
}

async function issue(shell: Shell, options: IssueOptions): Promise<Report> {
  const [{ exportPasses }, sentences] = await Promise.all([
    import('../passes/exports.ts'),
    import('../passes/sentences.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const { conference, bridge } = await nodeOf(shell, options);
  const passes = await exportPasses(context, conference, bridge, language);
  if (!passes.ok) {
    throw badUsage(passes.reason === 'no session' ? sentences.NO_SESSION : sentences.NO_BRIDGES, language);
  }
  // Whoever reads this file can be checked in as anybody in it.
  await outputFile(options.out, language, (out, signal) => passes.value.write(out, signal), 0o600);
  const written = passes.value.written();
  const n = formatNumber(written, language);
  return {
    json: { ok: true, file: options.out, passes: written },
    lines: [
      say(
        `Đã ghi ${n} thẻ vào ${options.out}. Ai có tệp này đều điểm danh thay người khác được, hãy giữ kín.`,
        `${n} passes were written to ${options.out}. Whoever has this file can be checked in as anybody in it: keep it safe.`,
      ),
    ],
  };
}

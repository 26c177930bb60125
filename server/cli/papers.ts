import type { Command } from 'commander';

import { formatBytes } from '../../domain/text/numbers.ts';
import { inputFile } from './files.ts';
import { badUsage, table, type Report, type Say } from './report.ts';
import { commonOptions, conferenceOf, inShell, type At, type Shell } from './shell.ts';

/** `papers list`, `papers add`, `papers remove`: what those who are invited to a conference read beforehand. */
export function registerPapers(program: Command, say: Say): void {
  const papers = program
    .command('papers')
    .description(say('tài liệu của hội nghị', 'papers of a conference'));
  const about = (command: Command): Command =>
    command.option('--conference <id>', say('hội nghị', 'conference'));

  about(papers.command('list'))
    .description(say('danh sách tài liệu', 'list the papers'))
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => list(shell, options));
    });

  about(papers.command('add'))
    .description(say('thêm tài liệu cho mọi người được mời', 'add a paper for everybody invited'))
    .argument('<file>', say('PDF, DOCX, XLSX, PPTX, JPG hoặc PNG', 'PDF, DOCX, XLSX, PPTX, JPG or PNG'))
    .action(async (file: string, options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => add(shell, file, options));
    });

  about(papers.command('remove'))
    .description(say('gỡ một tài liệu', 'take a paper away'))
    .argument('<id>', say('mã tài liệu trong danh sách', 'id of the paper in the list'))
    .action(async (id: string, options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => remove(shell, id, options));
    });
}

async function list(shell: Shell, options: At): Promise<Report> {
  const { papersOf } = await import('../papers/queries.ts');
  const { context, say } = shell;
  const papers = await papersOf(context, await conferenceOf(shell, options));
  return {
    json: papers.map(({ id, name, size }) => ({ id, name, size })),
    lines:
      papers.length === 0
        ? [say('Chưa có tài liệu nào.', 'There are no papers yet.')]
        : table(papers.map(({ id, name, size }) => [id, formatBytes(size, context.language), name])),
  };
}

async function add(shell: Shell, path: string, options: At): Promise<Report> {
  const [{ addPaper }, { NOT_ADDED }] = await Promise.all([
    import('../papers/commands.ts'),
    import('../papers/sentences.ts'),
  ]);
  const { context, say } = shell;
  const conference = await conferenceOf(shell, options);
  const added = await addPaper(context, conference, await inputFile(path, context.language));
  if (!added.ok) throw badUsage(NOT_ADDED[added.reason], context.language);
  const { id, name } = added.value;
  return {
    json: { ok: true, id, name },
    lines: [say(`Đã thêm tài liệu "${name}".`, `The paper "${name}" was added.`)],
  };
}

async function remove(shell: Shell, id: string, options: At): Promise<Report> {
  const [{ removePaper }, { NO_SUCH_PAPER }] = await Promise.all([
    import('../papers/commands.ts'),
    import('../papers/sentences.ts'),
  ]);
  const { context, say } = shell;
  const removed = await removePaper(context, await conferenceOf(shell, options), id);
  if (!removed.ok) throw badUsage(NO_SUCH_PAPER, context.language);
  const { name } = removed.value;
  return {
    json: { ok: true, id, name },
    lines: [say(`Đã gỡ tài liệu "${name}".`, `The paper "${name}" was taken away.`)],
  };
}

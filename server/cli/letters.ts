import type { Command } from 'commander';

import { templateFaultSentence } from '../../domain/letters/sentences.ts';
import { TEMPLATE_KINDS, TemplateKind, type LetterTemplate } from '../../domain/letters/template.ts';
import { inputFile } from './files.ts';
import { badUsage, type Report, type Say } from './report.ts';
import { checked, commonOptions, conferenceOf, inShell, type At, type Shell } from './shell.ts';

/** `letters show`, `letters set`, `letters reset`: mẫu thư, the words of letters to those who are invited. */
export function registerLetters(program: Command, say: Say): void {
  const letters = program
    .command('letters')
    .description(say('mẫu thư gửi đại biểu', 'words of the letters to delegates'));
  const about = (command: Command): Command =>
    command
      .option('--conference <id>', say('hội nghị', 'conference'))
      .argument('<kind>', TEMPLATE_KINDS.join(', '));

  about(letters.command('show'))
    .description(say('in mẫu thư, dòng đầu là tiêu đề', 'print the letter, its subject first'))
    .action(async (kind: string, options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => show(shell, kind, options));
    });

  about(letters.command('set'))
    .description(
      say('lấy mẫu thư từ tệp, dòng đầu là tiêu đề', 'take the letter from a file, its subject first'),
    )
    .argument('<file>', say('tệp chữ, UTF-8', 'plain text, UTF-8'))
    .action(async (kind: string, file: string, options: At, command: Command) => {
      await inShell(commonOptions(command), async (shell) => {
        const { bytes } = await inputFile(file, shell.context.language);
        const [subject = '', ...rest] = new TextDecoder().decode(bytes).split('\n');
        return await set(shell, kind, { subject, body: rest.join('\n') }, options);
      });
    });

  about(letters.command('reset'))
    .description(say('trở về mẫu có sẵn', 'go back to the words of the program'))
    .action(async (kind: string, options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => set(shell, kind, null, options));
    });
}

async function show(shell: Shell, kind: string, options: At): Promise<Report> {
  const { kind: own, template, last } = await standingIn(shell, kind, options, 'letters show');
  const { subject, body } = template;
  return { json: { kind: own, version: last?.version ?? 0, subject, body }, lines: [subject, '', body] };
}

async function set(
  shell: Shell,
  kind: string,
  template: LetterTemplate | null,
  options: At,
): Promise<Report> {
  const [{ setTemplate }, { CHANGED_MEANWHILE }] = await Promise.all([
    import('../letters/commands.ts'),
    import('../letters/sentences.ts'),
  ]);
  const { context, say } = shell;
  const { kind: own, last } = await standingIn(shell, kind, options, 'letters set');
  const conference = await conferenceOf(shell, options);
  const done = await setTemplate(context, conference, own, template, last?.version ?? 0);
  if (done.ok) {
    const version = done.value.last?.version ?? 0;
    return { json: { ok: true, version }, lines: [say('Đã lưu mẫu thư.', 'The letter was saved.')] };
  }
  if (done.reason === 'changed meanwhile') throw badUsage(CHANGED_MEANWHILE, context.language);
  const said = done.faults.map((fault) => {
    const { vi, en } = templateFaultSentence(fault);
    // The subject is the first line of the file.
    const line = fault.line === null ? null : fault.line + 1;
    return line === null ? { vi, en } : { vi: `Dòng ${line}: ${vi}`, en: `Line ${line}: ${en}` };
  });
  const all = { vi: said.map(({ vi }) => vi).join('\n'), en: said.map(({ en }) => en).join('\n') };
  throw badUsage(all, context.language);
}

async function standingIn(shell: Shell, kind: string, options: At, command: string) {
  const { templatesOf } = await import('../letters/queries.ts');
  const { context } = shell;
  const own = checked(TemplateKind, kind, command, context.language);
  const all = await templatesOf(context, await conferenceOf(shell, options));
  const found = all.find((one) => one.kind === own);
  if (found === undefined) throw new Error(`no words for ${own}`);
  return found;
}

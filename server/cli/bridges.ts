import type { Command } from 'commander';

import type { ExtraBridge } from '../../domain/bridges/extra.ts';
import { readBridgeRows } from '../../domain/bridges/import.ts';
import { sayBridgeRowError, sayBuildFailure, sayBuildFinding } from '../../domain/bridges/sentences.ts';
import { UnitCode } from '../../domain/ids.ts';
import type { Language } from '../../domain/text/language.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { bridgeContracts } from '../../domain/wire/bridges.ts';
import type { Fault } from '../../domain/wire/problem.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import type { Report, Say } from './report.ts';
import { inputFile, rowsOf } from './files.ts';
import {
  bridgeOf,
  checked,
  commonOptions,
  conferenceOf,
  inShell,
  nodeOf,
  type At,
  type Shell,
} from './shell.ts';

interface BuildOptions extends At {
  readonly scope?: string;
  readonly list?: string;
}

interface ChangeOptions extends At {
  readonly name?: string;
  readonly chair?: string;
  readonly capacity?: string;
  readonly address?: string;
  readonly ready?: string;
  readonly under?: string;
}

/** `bridges ...`: the bridge tree of a conference. */
export function registerBridges(program: Command, say: Say): void {
  const bridges = program.command('bridges').description(say('điểm cầu', 'bridges'));
  const conference = say('hội nghị', 'conference');

  bridges
    .command('build')
    .description(
      say(
        'dựng cây điểm cầu từ kế hoạch và cây đơn vị; điểm cầu đã có giữ nguyên',
        'build the bridge tree from plan and unit tree; bridges that exist stay',
      ),
    )
    .option('--conference <id>', conference)
    .option(
      '--scope <codes>',
      say(
        'mã các đơn vị tham gia, cách nhau bằng dấu phẩy; không có là cả nước',
        'codes of the units that take part, parted by commas; all where left out',
      ),
    )
    .option(
      '--list <file>',
      say(
        'CSV hoặc XLSX các điểm cầu ngoài địa bàn (bộ, ngành, khối, doanh nghiệp), số chỗ, người chủ trì',
        'CSV or XLSX of bridges beside the territorial ones (ministries, blocs, enterprises), seats, chairs',
      ),
    )
    .action(async (options: BuildOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => build(shell, options));
    });

  bridges
    .command('list')
    .description(say('cây điểm cầu; --json cho đủ các trường', 'the bridge tree; --json has all fields'))
    .option('--conference <id>', conference)
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), async (shell) => {
        const { bridgeTreeOf } = await import('../bridges/queries.ts');
        const tree = await bridgeTreeOf(shell.context, await conferenceOf(shell, options));
        const all = tree?.bridges ?? [];
        return {
          json: all,
          lines: all.map(({ id, name }) => `${id}  ${'  '.repeat((tree?.path(id).length ?? 1) - 1)}${name}`),
        };
      });
    });

  bridges
    .command('change')
    .description(
      say('sửa một điểm cầu: chủ trì, số chỗ, mức sẵn sàng', 'change a bridge: chair, seats, readiness'),
    )
    .requiredOption('--bridge <id>', say('điểm cầu', 'bridge'))
    .option('--conference <id>', conference)
    .option('--name <text>', say('tên điểm cầu', 'its name'))
    .option(
      '--chair <person>',
      say('mã người chủ trì; "-" là bỏ phân công', 'id of who chairs; "-" for nobody'),
    )
    .option('--capacity <seats>', say('số chỗ', 'seats'))
    .option('--address <text>', say('địa điểm', 'address'))
    .option('--ready <items>', 'room,equipment,line,line-test,documents,host')
    .option('--under <bridge>', say('chuyển xuống dưới điểm cầu này', 'hang it under this bridge'))
    .action(async (options: ChangeOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => change(shell, options));
    });

  bridges
    .command('remove')
    .description(
      say(
        'bỏ một điểm cầu chưa có đại biểu, báo cáo hay lượt điểm danh nào',
        'take out a bridge that nothing was kept of',
      ),
    )
    .requiredOption('--bridge <id>', say('điểm cầu', 'bridge'))
    .option('--conference <id>', conference)
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => remove(shell, options));
    });
}

async function build(shell: Shell, options: BuildOptions): Promise<Report> {
  const { buildBridges } = await import('../bridges/build-commands.ts');
  const { context, say } = shell;
  const { language } = context;
  const conference = await conferenceOf(shell, options);
  const codes = (options.scope ?? '').split(',').map((code) => code.trim());
  const scope = codes
    .filter((code) => code !== '')
    .map((code) => checked(UnitCode, code, '--scope', language));
  const listed =
    options.list === undefined ? { extra: [], errors: [] } : await listOf(shell, conference, options.list);
  if (listed.errors.length > 0) {
    return {
      json: { ok: false, errors: listed.errors },
      lines: listed.errors.map(({ at, message }) => `✗ ${at}: ${message}`),
      negative: true,
    };
  }
  const built = await buildBridges(context, conference, { scope, extra: listed.extra });
  if (!built.ok) {
    const message = sayNotBuilt(built, say, language);
    return { json: { ok: false, reason: built.reason, message }, lines: [message], negative: true };
  }
  const { added, kept, total, findings } = built.value;
  const messages = findings.map((finding) => ({
    code: finding.kind,
    severity: finding.severity,
    message: sayBuildFinding(finding, language),
  }));
  const [all, news, old] = [total, added, kept].map((count) => formatNumber(count, language));
  return {
    json: { ok: true, added, kept, total, findings: messages },
    lines: [
      say(`${all} điểm cầu: ${news} mới, ${old} giữ nguyên.`, `${all} bridges: ${news} new, ${old} kept.`),
      ...messages.map(({ message }) => `! ${message}`),
    ],
  };
}

type NotBuilt = Extract<
  Awaited<ReturnType<typeof import('../bridges/build-commands.ts').buildBridges>>,
  { readonly ok: false }
>;

function sayNotBuilt(failure: NotBuilt, say: Say, language: Language): string {
  switch (failure.reason) {
    case 'no units':
      return say(
        'Chưa có danh mục đơn vị của ngày này. Hãy nhập bằng "units import".',
        'There is no list of units for this date. Import one with "units import".',
      );
    case 'changed meanwhile':
      return say(
        'Người khác vừa sửa cây điểm cầu. Chưa ghi gì. Hãy chạy lại.',
        'Somebody else has just changed the bridges. Nothing was written. Run it again.',
      );
    default:
      return sayBuildFailure(failure, language);
  }
}

/** The bridges that a file lists beside those of the plan's levels, and what is wrong with its rows. */
async function listOf(
  shell: Shell,
  conference: AuthorizedConferenceId<'organize'>,
  path: string,
): Promise<{ readonly extra: readonly ExtraBridge[]; readonly errors: readonly Fault[] }> {
  const [{ planOf }, { unitTreeOn }, { peopleOf }] = await Promise.all([
    import('../plans/queries.ts'),
    import('../units/queries.ts'),
    import('../people/queries.ts'),
  ]);
  const { context } = shell;
  const { name, bytes } = await inputFile(path, context.language);
  const { rows, problems } = await rowsOf(name, bytes, context.language);
  if (problems.length > 0) return { extra: [], errors: problems };
  const { treeDate } = await planOf(context, conference);
  const unitTree = await unitTreeOn(context, treeDate);
  // The build says that there are no units.
  if (unitTree === null) return { extra: [], errors: [] };
  const people = new Set((await peopleOf(context, conference)).map(({ id }) => id));
  const list = readBridgeRows(rows, { unitTree, knowsPerson: (id) => people.has(id) });
  return {
    extra: list.bridges.map(({ bridge }) => bridge),
    errors: list.errors.map((error) => sayBridgeRowError(error, context.language)),
  };
}

async function remove(shell: Shell, options: At): Promise<Report> {
  const [{ removeBridge }, { removeRefusal }] = await Promise.all([
    import('../bridges/commands.ts'),
    import('../bridges/refusals.ts'),
  ]);
  const { context, say } = shell;
  const { conference, bridge } = await nodeOf(shell, options);
  const removed = await removeBridge(context, conference, bridge);
  if (removed.ok)
    return { json: { ok: true }, lines: [say('✓ Đã bỏ điểm cầu.', '✓ The bridge was taken out.')] };
  const message = removeRefusal(removed, context.language).detail[context.language];
  return { json: { ok: false, reason: removed.reason, message }, lines: [message], negative: true };
}

async function change(shell: Shell, options: ChangeOptions): Promise<Report> {
  const [{ changeBridge }, { changeRefusal }] = await Promise.all([
    import('../bridges/commands.ts'),
    import('../bridges/refusals.ts'),
  ]);
  const { context } = shell;
  const { language } = context;
  const { name, chair, capacity, address, ready, under } = options;
  const given = {
    ...(name !== undefined && { name }),
    ...(chair !== undefined && { chair: chair === '-' ? null : chair }),
    ...(capacity !== undefined && { capacity: /^\d+$/.test(capacity) ? Number(capacity) : capacity }),
    ...(address !== undefined && { address }),
    ...(ready !== undefined && { ready: ready.split(',').filter((item) => item !== '') }),
    ...(under !== undefined && { parent: under }),
  };
  const wanted = checked(bridgeContracts.changeBridge.body, given, 'bridges change', language);
  const { conference, bridge } = await nodeOf(shell, options);
  const parent = wanted.parent === undefined ? undefined : await bridgeOf(shell, conference, wanted.parent);
  const changed = await changeBridge(context, conference, bridge, { ...wanted, parent });
  if (!changed.ok) {
    const message = changeRefusal(changed, language).detail[language];
    return { json: { ok: false, reason: changed.reason, message }, lines: [message], negative: true };
  }
  return { json: { ok: true, bridge: changed.value.bridge }, lines: [`✓ ${changed.value.bridge.name}`] };
}

import type { Command } from 'commander';

import { shownCode } from '../../domain/devices/pairing-code.ts';
import { DeviceId, EventId } from '../../domain/ids.ts';
import { formatDateTime, formatTime } from '../../domain/text/dates.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import type { Decided, DeviceRow } from '../../domain/wire/devices.ts';
import { badUsage, table, type Report, type Say } from './report.ts';
import { aboutNode, commonOptions, inShell, nodeOf, type At, type Shell } from './shell.ts';

interface Reasoned extends At {
  readonly reason: string;
}

/** `devices ...` and `quarantine ...`: the machines of the doors, and what is held back from the ledger. */
export function registerDevices(program: Command, say: Say): void {
  const at = (command: Command): Command => aboutNode(command, say);
  const because = (command: Command): Command =>
    command.requiredOption('--reason <text>', say('lý do', 'why'));

  const devices = program.command('devices').description(say('máy điểm danh', 'check-in machines'));
  at(devices.command('list'))
    .description(
      say(
        'các máy, máy cần xem trước đứng đầu; máy đang nối hiện là mất liên lạc, vì chỉ máy chủ biết',
        'the machines, those that need somebody first; one on line shows as silent, as only the server knows',
      ),
    )
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => list(shell, options));
    });
  at(devices.command('code'))
    .description(
      say(
        'tạo mã ghép một máy với điểm cầu, dùng một lần trong 15 phút',
        'make a code that pairs one machine with the bridge, good once within 15 minutes',
      ),
    )
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => makeCode(shell, options));
    });
  because(at(devices.command('revoke')))
    .description(
      say(
        'thu hồi một máy: không nhận dữ liệu mới, lượt nó gửi lên chờ xem xét',
        'revoke a machine: no new data, and what it sends waits for a decision',
      ),
    )
    .argument('<device>', say('mã máy', 'id of the machine'))
    .action(async (device: string, options: Reasoned, command: Command) => {
      await inShell(commonOptions(command), (shell) => change(shell, 'revoke', device, options));
    });
  because(at(devices.command('restore')))
    .description(say('cho một máy đã thu hồi dùng lại', 'let a revoked machine work again'))
    .argument('<device>', say('mã máy', 'id of the machine'))
    .action(async (device: string, options: Reasoned, command: Command) => {
      await inShell(commonOptions(command), (shell) => change(shell, 'restore', device, options));
    });

  const quarantine = program
    .command('quarantine')
    .description(say('lượt điểm danh chờ xem xét trước khi vào sổ', 'what is held back from the ledger'));
  at(quarantine.command('list'))
    .description(say('các lượt đang chờ xem xét', 'what waits for a decision'))
    .option('--all', say('cả lượt đã xem xét', 'also what was decided on'), false)
    .action(async (options: At & { all: boolean }, command: Command) => {
      await inShell(commonOptions(command), (shell) => listHeld(shell, options));
    });
  for (const how of ['accept', 'refuse'] as const) {
    because(at(quarantine.command(how)))
      .description(
        how === 'accept'
          ? say('nhận vào sổ điểm danh; làm lại được', 'let into the ledger; may be repeated')
          : say('không nhận; vẫn giữ kèm lý do', 'refuse; kept with the reason'),
      )
      .argument('[events...]', say('mã các lượt', 'ids of the events'))
      .option('--device <id>', say('mọi lượt của một máy', 'all of one machine'))
      .action(async (events: string[], options: Reasoned & { device?: string }, command: Command) => {
        await inShell(commonOptions(command), (shell) => decide(shell, how, events, options));
      });
  }
}

async function list(shell: Shell, options: At): Promise<Report> {
  const [{ devicesBelow, namesAt }, { presentDevice }] = await Promise.all([
    import('../devices/queries.ts'),
    import('../devices/present.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const { conference, bridge } = await nodeOf(shell, options);
  const devices = await devicesBelow(context, conference, bridge);
  const names = await namesAt(context, devices);
  const rows = devices.map((device) => presentDevice(device, names, language));
  return {
    json: rows,
    lines:
      rows.length === 0
        ? [say('Chưa có máy nào.', 'There are no machines yet.')]
        : table([
            [
              say('Điểm cầu', 'Bridge'),
              say('Máy', 'Machine'),
              say('Tình trạng', 'State'),
              say('Liên lạc cuối', 'Last contact'),
              say('Chờ gửi', 'Waiting'),
              say('Chờ xem xét', 'To decide'),
              say('Mã máy', 'Id'),
            ],
            ...rows.map((row) => lineOf(row, shell)),
          ]),
  };
}

async function makeCode(shell: Shell, options: At): Promise<Report> {
  const { newPairingCode } = await import('../devices/pairing.ts');
  const { context, say } = shell;
  const { conference, bridge, tree } = await nodeOf(shell, options);
  const { code, expiresAt } = await newPairingCode(context, conference, bridge);
  const name = tree.get(bridge)?.name ?? bridge;
  const at = formatTime(expiresAt);
  return {
    json: { bridge, bridgeName: name, code: shownCode(code), expiresAt },
    lines: [
      say(
        `${name}: mã ghép máy ${shownCode(code)}, dùng một lần, đến ${at}.`,
        `${name}: pairing code ${shownCode(code)}, good once, until ${at}.`,
      ),
    ],
  };
}

function lineOf(row: DeviceRow, { context: { language }, say }: Shell): string[] {
  const state =
    row.state === 'revoked'
      ? say(`đã thu hồi: ${row.revoked?.reason ?? ''}`, `revoked: ${row.revoked?.reason ?? ''}`)
      : row.state === 'connected'
        ? say('đang nối', 'on line')
        : say('mất liên lạc', 'silent');
  const since = row.waitingSince === null ? '' : say(' từ ', ' since ') + formatTime(row.waitingSince);
  return [
    row.bridgeName,
    [row.name, row.browser].filter(Boolean).join(', '),
    state,
    row.lastContact === null ? '' : formatDateTime(row.lastContact, language),
    row.waiting === 0 ? '0' : formatNumber(row.waiting, language) + since,
    formatNumber(row.held, language),
    row.device,
  ];
}

async function change(
  shell: Shell,
  how: 'revoke' | 'restore',
  named: string,
  options: Reasoned,
): Promise<Report> {
  const [{ revokeDevice, restoreDevice }, sentences] = await Promise.all([
    import('../devices/commands.ts'),
    import('../devices/sentences.ts'),
  ]);
  const { context, say } = shell;
  const { conference, bridge } = await nodeOf(shell, options);
  const device = DeviceId.safeParse(named);
  const deed = how === 'revoke' ? revokeDevice : restoreDevice;
  const done = device.success
    ? await deed(context, conference, bridge, device.data, options.reason)
    : ({ ok: false, reason: 'unknown device' } as const);
  if (!done.ok) {
    const said = {
      'unknown device': sentences.UNKNOWN_DEVICE,
      'revoked before': sentences.REVOKED_BEFORE,
      'not revoked': sentences.NOT_REVOKED,
    }[done.reason];
    throw badUsage(said, context.language);
  }
  const n = formatNumber(done.value.length, context.language);
  return {
    json: { bridges: done.value },
    lines: [
      how === 'revoke'
        ? say(`Đã thu hồi máy tại ${n} điểm cầu.`, `The machine was revoked at ${n} bridges.`)
        : say(`Máy dùng lại được tại ${n} điểm cầu.`, `The machine works again at ${n} bridges.`),
    ],
  };
}

/** As many rows as a person reads in one go; more are for the page and for `--json`. */
const MOST_LISTED = 1000;

async function listHeld(shell: Shell, options: At & { readonly all: boolean }): Promise<Report> {
  const [{ heldBelow }, { presentHeld }] = await Promise.all([
    import('../quarantine/queries.ts'),
    import('../quarantine/present.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const { conference, bridge } = await nodeOf(shell, options);
  const search = { device: null, state: options.all ? 'all' : 'open' } as const;
  const found = await heldBelow(context, conference, bridge, search, 0, MOST_LISTED);
  const rows = found.slice(0, MOST_LISTED).map((held) => presentHeld(held, language));
  const lines = table(
    rows.map((row) => [
      formatDateTime(row.at, language),
      row.bridgeName,
      row.deviceName,
      row.because,
      row.says,
      row.decision === null ? '' : `${STATES[row.state][language]}: ${row.decision.reason}`,
      row.id,
    ]),
  );
  if (rows.length === 0) lines.push(say('Không có lượt nào chờ xem xét.', 'Nothing waits for a decision.'));
  if (found.length > rows.length) lines.push(say('Còn nữa.', 'There is more.'));
  return { json: rows, lines };
}

const STATES = {
  waiting: { vi: 'chờ xem xét', en: 'to decide' },
  accepting: { vi: 'đã nhận, đang ghi', en: 'accepted, being recorded' },
  accepted: { vi: 'đã nhận', en: 'accepted' },
  refused: { vi: 'không nhận', en: 'refused' },
  conflict: { vi: 'trùng mã với lượt khác', en: 'id taken by another event' },
} as const;

/** Which events a decision is about; each bridge decides on its own, so the events are looked up first. */
async function decide(
  shell: Shell,
  how: 'accept' | 'refuse',
  named: readonly string[],
  options: Reasoned & { readonly device?: string },
): Promise<Report> {
  const [{ acceptHeld, refuseHeld }, { heldBelow }] = await Promise.all([
    import('../quarantine/commands.ts'),
    import('../quarantine/queries.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const device = DeviceId.optional().safeParse(options.device);
  const events = EventId.array().safeParse(named);
  if (!device.success || !events.success || (named.length === 0) === (device.data === undefined)) {
    throw badUsage(
      {
        vi: 'Nêu mã các lượt, hoặc --device cho mọi lượt của một máy.',
        en: 'Name the events, or give --device for all of one machine.',
      },
      language,
    );
  }
  const node = await nodeOf(shell, options);
  const { conference } = node;
  const wanted = new Set(events.data);
  const search = { device: device.data ?? null, state: 'open' } as const;
  const total: Decided = { accepted: 0, refused: 0, conflict: 0, left: 0 };
  for (let after = 0; ;) {
    const found = await heldBelow(context, conference, node.bridge, search, after, MOST_LISTED);
    const shown = found.slice(0, MOST_LISTED);
    const chosen = shown.filter(({ record }) => device.data !== undefined || wanted.delete(record.id));
    for (const [id, own] of Map.groupBy(chosen, ({ bridge }) => bridge.id)) {
      const bridge = await shell.operator.bridge(conference, id);
      if (!bridge.ok) continue;
      const which = { events: own.map(({ record }) => record.id) };
      const deed = how === 'accept' ? acceptHeld : refuseHeld;
      const done = await deed(context, conference, bridge.value, which, options.reason);
      for (const key of ['accepted', 'refused', 'conflict', 'left'] as const) total[key] += done[key];
    }
    const last = shown.at(-1);
    if (found.length <= MOST_LISTED || last === undefined) break;
    after = last.record.row;
  }
  total.left += wanted.size;
  const n = (number: number) => formatNumber(number, language);
  const lines = [
    how === 'accept'
      ? say(`Đã nhận ${n(total.accepted)} lượt vào sổ.`, `${n(total.accepted)} events entered the ledger.`)
      : say(`Không nhận ${n(total.refused)} lượt.`, `${n(total.refused)} events were refused.`),
  ];
  if (total.conflict > 0) {
    lines.push(
      say(
        `${n(total.conflict)} lượt có mã đã dùng cho lượt khác trong sổ, nên không ghi được.`,
        `${n(total.conflict)} events have an id that the ledger has for another one.`,
      ),
    );
  }
  if (total.left > 0) {
    lines.push(
      say(
        `${n(total.left)} lượt giữ nguyên: không còn chờ, đã bị xóa nội dung, hoặc không có ở đây.`,
        `${n(total.left)} stay as they are: decided before, erased, or not here.`,
      ),
    );
  }
  return { json: total, lines, negative: total.conflict + total.left > 0 };
}

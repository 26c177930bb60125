import { assertNever } from '../../domain/result.ts';
import { formatDateTime } from '../../domain/text/dates.ts';
import type { Language, Sentence } from '../../domain/text/language.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import type { Backup, BackupFailure } from './backup.ts';
import type { BadEvent, LedgerFindings } from './ledger-check.ts';
import type { Restored, RestoreFailure } from './restore.ts';

function megabytes(bytes: number, language: Language): string {
  return `${formatNumber(Math.ceil(bytes / 1_000_000), language)} MB`;
}

/** What a backup came to. */
export function sayBackup(
  { file, bytes, tookMs, keys }: Backup,
  withKeys: boolean,
  language: Language,
): string[] {
  const say = (vi: string, en: string): string => ({ vi, en })[language];
  const size = megabytes(bytes, language);
  const seconds = formatNumber(Math.ceil(tookMs / 1000), language);
  const lines = [
    say(
      `Đã sao lưu vào ${file} (${size}, ${seconds} giây). Bản sao đã được kiểm tra.`,
      `Backed up to ${file} (${size}, ${seconds} s). The copy was checked.`,
    ),
  ];
  if (keys !== null) {
    lines.push(
      say(
        `Khóa ký ở ${keys}. Ai có tệp này ký được sổ và thẻ thay máy chủ: hãy cất riêng, không để cạnh bản sao.`,
        `The signing keys are in ${keys}. Whoever has it can sign ledgers and passes in the server's place: keep it apart from the copy.`,
      ),
    );
  } else if (withKeys) {
    lines.push(say('Thư mục dữ liệu chưa có khóa ký.', 'The data folder has no signing keys yet.'));
  }
  return lines;
}

/** Why there is no backup. */
export function sayBackupFailure(failure: BackupFailure, out: string): Sentence {
  switch (failure.reason) {
    case 'no database':
      return { vi: 'Thư mục --data chưa có dữ liệu.', en: 'The --data folder has no data yet.' };
    case 'exists':
      return { vi: `${out} đã có rồi. Chưa ghi gì.`, en: `${out} exists already. Nothing was written.` };
    case 'no such folder':
      return { vi: `Không có thư mục của ${out}.`, en: `The folder of ${out} does not exist.` };
    case 'no room':
      return {
        vi: `Không đủ chỗ: cần ${megabytes(failure.needed, 'vi')}, còn ${megabytes(failure.free, 'vi')}. Chưa ghi gì.`,
        en: `Not enough room: ${megabytes(failure.needed, 'en')} are needed, ${megabytes(failure.free, 'en')} are free. Nothing was written.`,
      };
    case 'damaged':
      return {
        vi: `Dữ liệu bị hỏng nên không sao lưu được (${failure.found}). Giữ nguyên các bản sao cũ; cách khôi phục ở docs/OPERATIONS.md.`,
        en: `The data is damaged and cannot be backed up (${failure.found}). Keep the older copies; docs/OPERATIONS.md says how to restore.`,
      };
    default:
      return assertNever(failure);
  }
}

/** What state a ledger is in: its last event, its last checkpoint, and the first event that is not as it was written. */
export function sayLedger(found: LedgerFindings, language: Language): string[] {
  const { events, lastReceivedAt, checkpoint } = found;
  const say = (vi: string, en: string): string => ({ vi, en })[language];
  const count = formatNumber(events, language);
  const lines = [
    lastReceivedAt === null
      ? say('Sổ điểm danh chưa có sự kiện.', 'The ledger has no events yet.')
      : say(
          `Sổ điểm danh: ${count} sự kiện, sự kiện cuối nhận lúc ${formatDateTime(lastReceivedAt, 'vi')}.`,
          `The ledger: ${count} events, the last one received at ${formatDateTime(lastReceivedAt, 'en')}.`,
        ),
  ];
  if (checkpoint !== null) {
    const { number, at } = checkpoint;
    lines.push(
      say(
        `Mốc ký cuối: số ${number}, lúc ${formatDateTime(at, 'vi')}.`,
        `Last checkpoint: number ${number}, at ${formatDateTime(at, 'en')}.`,
      ),
    );
  }
  lines.push(...sayDamage(found).map((sentence) => `! ${sentence[language]}`));
  return lines;
}

/** What of ledger and audit trail is not as it was written; nothing where all is. */
export function sayDamage({ bad, cut, trail }: LedgerFindings): Sentence[] {
  return [
    ...(bad === null ? [] : [sayBad(bad)]),
    ...(cut ? [sayCut()] : []),
    ...(trail === null || trail.bad === null ? [] : [sayBadEntry(trail.bad)]),
    ...(trail?.cut === true ? [sayTrailCut()] : []),
  ];
}

function sayBadEntry(place: number): Sentence {
  return {
    vi: `Nhật ký kiểm tra bị hỏng: mục số ${place} không còn như lúc ghi, hoặc đã mất.`,
    en: `The audit trail is damaged: entry ${place} is not as it was written, or is gone.`,
  };
}

function sayTrailCut(): Sentence {
  return {
    vi: 'Mốc ký cuối nói về một mục không có trong nhật ký kiểm tra: phần cuối của nhật ký đã mất hoặc bị thay.',
    en: 'The last checkpoint speaks of an entry that the audit trail does not have: its end is lost or another.',
  };
}

/** The end of a ledger is gone. */
function sayCut(): Sentence {
  return {
    vi: 'Mốc ký cuối nói về những sự kiện không có trong sổ: phần cuối của sổ đã mất.',
    en: 'The last checkpoint speaks of events that the ledger does not have: its end is lost.',
  };
}

/** Which event is damaged, and in what way. */
function sayBad({ seq, session, bridge, place, receivedAt, what }: BadEvent): Sentence {
  const at = { vi: formatDateTime(receivedAt, 'vi'), en: formatDateTime(receivedAt, 'en') };
  const why: Sentence =
    what === 'missing'
      ? { vi: 'trước nó thiếu sự kiện', en: 'events before it are missing' }
      : what === 'text'
        ? {
            vi: 'tên hoặc lý do ghi kèm không còn như lúc ghi',
            en: 'the name or reason beside it is not as it was written',
          }
        : { vi: 'nội dung không còn như lúc ghi', en: 'it is not as it was written' };
  return {
    vi: `Sổ điểm danh bị hỏng: sự kiện số ${seq} (thứ ${place} của điểm cầu ${bridge}, buổi ${session}, nhận lúc ${at.vi}): ${why.vi}.`,
    en: `The ledger is damaged: event ${seq} (the ${place}. of bridge ${bridge}, session ${session}, received at ${at.en}): ${why.en}.`,
  };
}

/** What a restore came to, and what it means. */
export function sayRestored(
  { aside, lostPages, keys, signedByThisKey }: Restored,
  language: Language,
): string[] {
  const say = (vi: string, en: string): string => ({ vi, en })[language];
  const lines = [
    say('Đã khôi phục và kiểm tra lại.', 'Restored, and checked again.'),
    say(
      'Những gì ghi sau thời điểm này không còn trên máy chủ: mốc ký và biên nhận mà người khác giữ sẽ cho thấy phần thiếu; tài khoản, vai trò và máy bị thu hồi sau đó phải thu hồi lại.',
      'What was written after this is no longer on the server: checkpoints and receipts that others kept will show the cut; accounts, roles and machines that were revoked since have to be revoked again.',
    ),
  ];
  if (aside !== null) {
    lines.push(say(`Những gì có trước đó ở ${aside}.`, `What was there before is in ${aside}.`));
  }
  if (lostPages > 0) {
    lines.push(
      say(
        `! ${lostPages} trang của nhật ký ghi không đọc được; phần còn lại đã được ghép vào và sổ điểm danh vẫn liền mạch.`,
        `! ${lostPages} pages of the write-ahead log could not be read; all else was put together, and the ledger is continuous.`,
      ),
    );
  }
  if (keys === 'taken') {
    lines.push(say('Đã lấy khóa ký đi cùng bản sao.', 'The signing keys beside the backup were taken.'));
  }
  if (keys === 'none') {
    lines.push(
      say(
        '! Không có khóa ký: lần chạy tới tạo khóa mới. Mốc ký cũ chỉ kiểm tra được bằng khóa công khai cũ, và thẻ đã phát không còn nhận ra. Nếu còn tệp .keys, hãy đặt cạnh bản sao rồi khôi phục lại.',
        '! There are no signing keys: the next start makes new ones. Old checkpoints verify with the old public key only, and passes handed out are no longer recognised. If there is a file .keys, put it beside the backup and restore again.',
      ),
    );
  }
  if (signedByThisKey === false) {
    lines.push(
      say(
        '! Mốc ký cuối không do khóa trong thư mục này ký. Hãy tìm tệp .keys của máy chủ cũ, đặt cạnh bản sao rồi khôi phục lại.',
        '! The last checkpoint was not signed with the key in this folder. Find the file .keys of the old server, put it beside the backup and restore again.',
      ),
    );
  }
  return lines;
}

/** Why nothing was restored. */
export function sayRestoreFailure(failure: RestoreFailure, from: string): Sentence {
  switch (failure.reason) {
    case 'in use':
      return {
        vi: 'Máy chủ hoặc một lệnh khác đang dùng thư mục dữ liệu này. Chưa thay đổi gì. Hãy dừng nó rồi khôi phục.',
        en: 'A server or another command is using this data folder. Nothing was changed. Stop it, then restore.',
      };
    case 'no such file':
      return { vi: `Không có tệp ${from}.`, en: `There is no file ${from}.` };
    case 'too new':
      return {
        vi: `Bản sao do một phiên bản mới hơn ghi (${failure.names.join(', ')}). Chưa thay đổi gì. Hãy dùng phiên bản đó.`,
        en: `The backup was written by a newer version (${failure.names.join(', ')}). Nothing was changed. Use that version.`,
      };
    case 'damaged':
      return {
        vi: `${from} bị hỏng hoặc không phải dữ liệu của chương trình này (${failure.found}). Chưa thay đổi gì.`,
        en: `${from} is damaged, or is no data of this program (${failure.found}). Nothing was changed.`,
      };
    case 'ledger damaged': {
      const found = {
        vi: sayLedger(failure.ledger, 'vi').join('\n'),
        en: sayLedger(failure.ledger, 'en').join('\n'),
      };
      return {
        vi: `${found.vi}\nChưa thay đổi gì. Hãy thử một bản sao khác, hoặc nhận bản này bằng --accept-damage.`,
        en: `${found.en}\nNothing was changed. Try another backup, or take this one with --accept-damage.`,
      };
    }
    default:
      return assertNever(failure);
  }
}

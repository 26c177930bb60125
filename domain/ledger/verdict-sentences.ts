import { assertNever } from '../result.ts';
import type { Language } from '../text/language.ts';
import { formatNumber } from '../text/numbers.ts';
import type { Instant } from '../time.ts';
import type { CheckpointName, Finding, KeptName, Verdict } from './verdict.ts';

/** Hours and dates as people here write them. By `Intl`, so that the verifier needs no library. */
const MOMENT = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** `08:15 13/01/2025` */
export function momentOf(at: Instant): string {
  const parts = new Map(MOMENT.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
  return `${part('hour')}:${part('minute')} ${part('day')}/${part('month')}/${part('year')}`;
}

/** `mốc ký 17 lúc 08:15 13/01/2025 (mã đối chiếu K7QF-2M9X-4TZA-9C3D)` */
export function checkpointWords({ number, at, fingerprint }: CheckpointName, language: Language): string {
  return language === 'vi'
    ? `mốc ký ${number} lúc ${momentOf(at)} (mã đối chiếu ${fingerprint})`
    : `checkpoint ${number} of ${momentOf(at)} (fingerprint ${fingerprint})`;
}

/** What an export comes to, for people: the result first, then what to know beside it. */
export function sayVerdict(verdict: Verdict, language: Language): string[] {
  return verdict.ok
    ? sayGood(verdict, language)
    : [sayFinding(verdict.finding, verdict.bridgeName ?? '', language)];
}

function sayGood(verdict: Extract<Verdict, { ok: true }>, language: Language): string[] {
  const vi = language === 'vi';
  const { bridges, checkpoint, events, erased } = verdict;
  const [only] = bridges;
  const many = formatNumber(events, language);
  const lines: string[] = [];
  if (bridges.length === 1 && only?.closing != null) {
    const words = checkpointWords(only.closing, language);
    lines.push(
      vi
        ? `Đã đóng, đầy đủ: ${many} lượt của ${only.name}, chốt bằng ${words}.`
        : `Closed, complete: ${many} events of ${only.name}, ended by ${words}.`,
    );
  } else if (checkpoint === null) {
    lines.push(vi ? 'Chưa có gì trong sổ.' : 'There is nothing in the ledger yet.');
  } else if (verdict.closed) {
    const words = checkpointWords(checkpoint, language);
    const bridgeCount = formatNumber(bridges.length, language);
    lines.push(
      vi
        ? `Đã đóng, đầy đủ: ${many} lượt của ${bridgeCount} điểm cầu, đến ${words}.`
        : `Closed, complete: ${many} events of ${bridgeCount} bridges, up to ${words}.`,
    );
  } else {
    const words = checkpointWords(checkpoint, language);
    lines.push(vi ? `Còn mở, đầy đủ đến ${words}.` : `Open, complete up to ${words}.`);
    const of = (wanted: string): string =>
      formatNumber(bridges.filter(({ state }) => state === wanted).length, language);
    lines.push(
      vi
        ? `${many} lượt; ${of('closed')} điểm cầu đã đóng, ${of('open')} còn mở, ${of('empty')} chưa ghi gì.`
        : `${many} events; ${of('closed')} bridges closed, ${of('open')} open, ${of('empty')} with nothing recorded.`,
    );
  }
  const unsigned = bridges.reduce((sum, bridge) => sum + bridge.events - bridge.covered, 0);
  if (unsigned > 0) {
    const some = formatNumber(unsigned, language);
    lines.push(vi ? `${some} lượt sau mốc ấy chưa được ký.` : `${some} events after it are not signed yet.`);
  }
  if (erased > 0) {
    const some = formatNumber(erased, language);
    lines.push(
      vi
        ? `${some} lượt không còn phần chữ (đã xóa hoặc không xuất); sổ vẫn nguyên vẹn.`
        : `The words of ${some} events were erased or left out; the ledger is whole all the same.`,
    );
  }
  return lines;
}

/** What does not hold, in a sentence. */
export function sayFinding(finding: Finding, bridgeName: string, language: Language): string {
  return language === 'vi' ? inVietnamese(finding, bridgeName) : inEnglish(finding, bridgeName);
}

const coded = (id: string | null, word: string): string => (id === null ? '' : ` (${word} ${id})`);

function witness(against: number | KeptName): string {
  if (typeof against === 'number') return `mốc ký ${against}`;
  return 'fingerprint' in against
    ? `mốc đã giữ ${against.fingerprint}`
    : `biên nhận số ${against.place} của máy`;
}

function witnessInEnglish(against: number | KeptName): string {
  if (typeof against === 'number') return `checkpoint ${against}`;
  return 'fingerprint' in against
    ? `the kept checkpoint ${against.fingerprint}`
    : `a device's receipt of event ${against.place}`;
}

function inVietnamese(finding: Finding, bridge: string): string {
  switch (finding.kind) {
    case 'changed':
      return `Lượt số ${finding.place} của ${bridge}${coded(finding.id, 'mã')} đã bị sửa.`;
    case 'removed':
      return `Lượt số ${finding.place} của ${bridge} đã bị xóa.`;
    case 'reordered':
      return `Lượt số ${finding.place} của ${bridge}${coded(finding.id, 'mã')} đã bị đổi thứ tự.`;
    case 'inserted':
      return `Lượt đứng ở số ${finding.place} của ${bridge}${coded(finding.id, 'mã')} đã bị chèn vào.`;
    case 'rewritten':
      return `Sổ của ${bridge} đã bị viết lại, bắt đầu trong khoảng từ lượt số ${finding.place}${coded(finding.id, 'mã')} đến lượt số ${finding.upTo}: ${witness(finding.against)} ghi khác.`;
    case 'cut':
      return `Sổ của ${bridge} bị cắt từ lượt số ${finding.place}: theo ${witness(finding.against)} phải có đến lượt số ${finding.upTo}.`;
    case 'unproven':
      return finding.checkpoint === null
        ? `Từ lượt số ${finding.place} của ${bridge}${coded(finding.id, 'mã')} chưa có mốc ký nào chứng nhận.`
        : `Từ lượt số ${finding.place} của ${bridge}${coded(finding.id, 'mã')} không có gì chứng nhận: chứng cứ theo mốc ký ${finding.checkpoint} thiếu hoặc không khớp.`;
    case 'signed-anew':
      return finding.number === null
        ? `Mốc đã giữ ${finding.kept} không có trong tệp: sổ đã bị ký lại, hoặc tệp được xuất trước mốc ấy. Từ lượt số ${finding.place} của ${bridge}${coded(finding.id, 'mã')} không còn gì bảo đảm.`
        : `Mốc ký ${finding.number} trong tệp không phải mốc đã giữ ${finding.kept}: sổ đã bị ký lại, hoặc tệp được xuất trước mốc ấy. Từ lượt số ${finding.place} của ${bridge}${coded(finding.id, 'mã')} không còn gì bảo đảm.`;
    case 'not-shown':
      return 'fingerprint' in finding.kept
        ? `Tệp không cho thấy ${bridge} đứng thế nào ở mốc đã giữ ${finding.kept.fingerprint}. Hãy xuất lại với --under ${finding.kept.fingerprint}.`
        : `Tệp không có điểm cầu ${finding.bridge} mà biên nhận nói đến.`;
    case 'bad-signature':
      return finding.checkpoint === null
        ? 'Có một mốc ký không đọc được.'
        : `Chữ ký của mốc ${finding.checkpoint} không đúng.`;
    case 'bad-checkpoints':
      return `Các mốc ký không liền nhau: thiếu hoặc sai mốc ${finding.checkpoint}.`;
    case 'other-key':
      return `Tệp này ghi khóa khác (${finding.key}).`;
    case 'half-a-file':
      if (finding.bridge === null) return 'Tệp bị cắt giữa chừng.';
      return finding.place === null
        ? `Tệp bị cắt sau ${bridge}.`
        : `Tệp bị cắt trong sổ của ${bridge}, từ lượt số ${finding.place}.`;
    case 'not-as-written':
      return 'Các lượt điểm danh không bị sửa, nhưng tệp không còn như lúc xuất: tên, chứng cứ hoặc số đếm đã đổi.';
    case 'unreadable':
      return `Dòng ${finding.line} của tệp không đọc được hoặc không đúng chỗ.`;
    default:
      return assertNever(finding);
  }
}

function inEnglish(finding: Finding, bridge: string): string {
  switch (finding.kind) {
    case 'changed':
      return `Event ${finding.place} of ${bridge}${coded(finding.id, 'id')} was changed.`;
    case 'removed':
      return `Event ${finding.place} of ${bridge} was removed.`;
    case 'reordered':
      return `Event ${finding.place} of ${bridge}${coded(finding.id, 'id')} was moved to another place.`;
    case 'inserted':
      return `What stands as event ${finding.place} of ${bridge}${coded(finding.id, 'id')} was inserted.`;
    case 'rewritten':
      return `The ledger of ${bridge} was made anew, beginning somewhere from event ${finding.place}${coded(finding.id, 'id')} to event ${finding.upTo}: ${witnessInEnglish(finding.against)} says otherwise.`;
    case 'cut':
      return `The ledger of ${bridge} is cut off from event ${finding.place} on: by ${witnessInEnglish(finding.against)} it goes to event ${finding.upTo}.`;
    case 'unproven':
      return finding.checkpoint === null
        ? `From event ${finding.place} of ${bridge}${coded(finding.id, 'id')} on no checkpoint vouches for the ledger.`
        : `From event ${finding.place} of ${bridge}${coded(finding.id, 'id')} on nothing vouches for the ledger: its proof under checkpoint ${finding.checkpoint} is missing or does not hold.`;
    case 'signed-anew':
      return finding.number === null
        ? `The kept checkpoint ${finding.kept} is not in the file: the history was signed anew, or the file is older. Nothing vouches for event ${finding.place} of ${bridge}${coded(finding.id, 'id')} and what follows.`
        : `Checkpoint ${finding.number} is not the one that was kept, ${finding.kept}: the history was signed anew, or the file is older. Nothing vouches for event ${finding.place} of ${bridge}${coded(finding.id, 'id')} and what follows.`;
    case 'not-shown':
      return 'fingerprint' in finding.kept
        ? `The file does not show how ${bridge} stood under the kept checkpoint ${finding.kept.fingerprint}. Export it again with --under ${finding.kept.fingerprint}.`
        : `The file has no bridge ${finding.bridge}, of which a receipt speaks.`;
    case 'bad-signature':
      return finding.checkpoint === null
        ? 'A checkpoint cannot be read.'
        : `The signature of checkpoint ${finding.checkpoint} is wrong.`;
    case 'bad-checkpoints':
      return `The checkpoints do not follow each other: number ${finding.checkpoint} is missing or another one.`;
    case 'other-key':
      return `This file names another key (${finding.key}).`;
    case 'half-a-file':
      if (finding.bridge === null) return 'The file is cut off.';
      return finding.place === null
        ? `The file is cut off after ${bridge}.`
        : `The file is cut off in the ledger of ${bridge}, from event ${finding.place} on.`;
    case 'not-as-written':
      return 'No event was changed, but the file is not as it was written: names, proofs or counts differ.';
    case 'unreadable':
      return `Line ${finding.line} of the file cannot be read, or does not belong there.`;
    default:
      return assertNever(finding);
  }
}

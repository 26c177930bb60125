import type { Bridge } from '../../domain/bridges/bridge.ts';
import type { BuildFailure } from '../../domain/bridges/build.ts';
import type { BridgeEditFailure } from '../../domain/bridges/edit.ts';
import { sayBridgeEditFailure, sayBuildFailure } from '../../domain/bridges/sentences.ts';
import type { Language, Sentence } from '../../domain/text/language.ts';
import type { CivilDate } from '../../domain/time.ts';
import { ProblemError } from '../platform/problems.ts';
import type { ChangeFailure, RemoveFailure, UndoChangeFailure } from './commands.ts';

const CHANGED_MEANWHILE: Sentence = {
  vi: 'Người khác vừa sửa cây điểm cầu. Chưa có gì được lưu. Hãy tải lại rồi làm tiếp.',
  en: 'Somebody else has just changed the bridges. Nothing was saved. Load them again and go on.',
};
const NO_BRIDGES: Sentence = {
  vi: 'Hội nghị chưa có điểm cầu nào. Hãy dựng cây điểm cầu trước.',
  en: 'The conference has no bridges yet. Build the bridge tree first.',
};
const UNKNOWN_SOURCE: Sentence = {
  vi: 'Điểm cầu cấp tín hiệu phải là một điểm cầu của hội nghị này. Chưa có gì được lưu.',
  en: 'The picture must come from a bridge of this conference. Nothing was saved.',
};
const UNKNOWN_PERSON: Sentence = {
  vi: 'Người chủ trì phải có trong danh sách đại biểu của hội nghị. Chưa có gì được lưu.',
  en: 'Whoever chairs must be in the roster of the conference. Nothing was saved.',
};
const CHANGED_SINCE: Sentence = {
  vi: 'Những điểm cầu này đã được sửa tiếp sau đó, nên không hoàn tác được nữa. Chưa có gì thay đổi.',
  en: 'These bridges were changed again since, so this cannot be taken back any more. Nothing was changed.',
};
const UNDONE_ALREADY: Sentence = {
  vi: 'Lần sửa này đã được hoàn tác rồi.',
  en: 'This change was taken back already.',
};
const NOT_BELOW: Sentence = {
  vi: 'Có điểm cầu không thuộc phạm vi đã chọn, hoặc không còn nữa. Chưa có gì được lưu. Hãy tải lại trang rồi chọn lại.',
  en: 'Some of the bridges are not below the chosen one, or are gone. Nothing was saved. Load the page again and choose anew.',
};

function unsaved(say: (language: Language) => string): Sentence {
  return { vi: `${say('vi')} Chưa có gì được lưu.`, en: `${say('en')} Nothing was saved.` };
}

/** Why a bridge whose reports are frozen stays where it hangs. */
export function sayFrozen(bridge: Bridge): Sentence {
  return {
    vi: `Báo cáo điểm danh của ${bridge.name} đã chốt theo cây điểm cầu hiện nay, nên không chuyển được. Chưa có gì được lưu.`,
    en: `The attendance report of ${bridge.name} was frozen by the tree as it stands, so this cannot be moved. Nothing was saved.`,
  };
}

function holdsData(bridge: Bridge | undefined): Sentence {
  return {
    vi: `${bridge?.name ?? 'Điểm cầu'} đã có đại biểu, báo cáo hoặc lượt điểm danh nên không bỏ được. Hãy chuyển đại biểu sang điểm cầu khác trước.`,
    en: `People are seated at ${bridge?.name ?? 'the bridge'}, or it has reported or recorded something, so it stays. Move its people first.`,
  };
}

/** The field that a failure speaks of, where a form can show it. */
function fieldOf(failure: BridgeEditFailure): string | null {
  switch (failure.reason) {
    case 'chairs another bridge':
      return 'chair';
    case 'no name':
      return 'name';
    case 'too long':
      return failure.field;
    case 'not a capacity':
      return 'capacity';
    case 'not a phone':
    case 'not an address':
      return failure.contact;
    case 'feed would circle':
      return 'feedParent';
    case 'would circle':
      return 'parent';
    default:
      return null;
  }
}

function editRefusal(failure: BridgeEditFailure, language: Language): ProblemError {
  const field = fieldOf(failure);
  return new ProblemError(
    failure.reason === 'chairs another bridge' ? 'conflict' : 'has-errors',
    unsaved((spoken) => sayBridgeEditFailure(failure, spoken)),
    field === null ? undefined : [{ at: field, message: sayBridgeEditFailure(failure, language) }],
  );
}

/** The conference has no bridges yet. */
export function noBridges(): ProblemError {
  return new ProblemError('wrong-state', NO_BRIDGES);
}

/** Why the tree was not built. */
export function buildRefusal(
  failure:
    | BuildFailure
    | { readonly reason: 'changed meanwhile' }
    | { readonly reason: 'no units'; readonly date: CivilDate },
): ProblemError {
  switch (failure.reason) {
    case 'changed meanwhile':
      return new ProblemError('out-of-date', CHANGED_MEANWHILE);
    case 'no units':
      return new ProblemError('wrong-state', {
        vi: `Chưa có danh mục đơn vị hành chính của ngày ${failure.date}. Hãy nhập danh mục trước.`,
        en: `There is no list of units for ${failure.date}. Import one first.`,
      });
    default:
      return new ProblemError(
        'has-errors',
        unsaved((language) => sayBuildFailure(failure, language)),
      );
  }
}

/** Why a bridge was not changed or added. */
export function changeRefusal(failure: ChangeFailure, language: Language): ProblemError {
  switch (failure.reason) {
    case 'unknown person':
      return new ProblemError('has-errors', UNKNOWN_PERSON, [
        { at: 'chair', message: UNKNOWN_PERSON[language] },
      ]);
    case 'unknown bridge':
      // The bridge itself and the one above it were let in by the gate.
      return new ProblemError('has-errors', UNKNOWN_SOURCE, [
        { at: 'feedParent', message: UNKNOWN_SOURCE[language] },
      ]);
    case 'report frozen':
      return new ProblemError('conflict', sayFrozen(failure.bridge));
    default:
      return editRefusal(failure, language);
  }
}

/** Why many bridges were not changed, or none was taken out. */
export function removeRefusal(failure: RemoveFailure, language: Language): ProblemError {
  switch (failure.reason) {
    case 'holds data':
      return new ProblemError('conflict', holdsData(failure.bridge));
    case 'not below':
    case 'unknown bridge':
      return new ProblemError('out-of-date', NOT_BELOW);
    default:
      return editRefusal(failure, language);
  }
}

/** Why a change was not taken back. */
export function undoRefusal(failure: UndoChangeFailure): ProblemError {
  switch (failure.reason) {
    case 'no such change':
      return new ProblemError('not-found');
    case 'undone already':
      return new ProblemError('out-of-date', UNDONE_ALREADY);
    case 'holds data':
      return new ProblemError('conflict', holdsData(failure.bridge));
    default:
      return new ProblemError('out-of-date', CHANGED_SINCE);
  }
}

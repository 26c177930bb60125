import type { Language, Sentence } from '../../domain/text/language.ts';
import { ProblemError, type Refusals } from '../platform/problems.ts';
import type { ChangeFailure, UndoSessionFailure } from './commands.ts';

/** Why a session was not added, changed or called off. */
export function sessionProblems(language: Language): Refusals<ChangeFailure> {
  const faulty = (fields: readonly string[], message: Sentence): ProblemError =>
    new ProblemError(
      'malformed',
      undefined,
      fields.map((at) => ({ at, message: message[language] })),
    );
  return {
    'impossible time': ({ field }) => faulty([field], IMPOSSIBLE),
    'ends before it starts': () => faulty(['endsAt'], ENDS_FIRST),
    'too long': () => faulty(['endsAt'], TOO_LONG),
    doors: () => faulty(['doorsAt'], DOORS),
    'no such presenter': ({ items }) =>
      faulty(
        items.map((item) => `agenda.${item}.presenterPerson`),
        NOBODY,
      ),
    'no such chair': () => faulty(['chair'], NOBODY),
    'no such bridge': () => faulty(['bridges'], NO_BRIDGE),
    'no such session': noSuchSession,
    'out of date': () => new ProblemError('out-of-date', CHANGED_MEANWHILE),
    'said by the plan': () => new ProblemError('wrong-state', OF_PLAN),
    'called off': () => new ProblemError('wrong-state', CALLED_OFF),
  };
}

export const UNDO_PROBLEMS: Refusals<UndoSessionFailure> = {
  'no such change': () => new ProblemError('not-found'),
  'undone already': () =>
    new ProblemError('wrong-state', {
      vi: 'Lần sửa này đã được hoàn tác rồi.',
      en: 'This change was taken back already.',
    }),
  'changed since': () =>
    new ProblemError('wrong-state', {
      vi: 'Buổi này đã được sửa tiếp sau đó, nên không hoàn tác được nữa. Chưa có gì thay đổi.',
      en: 'This session was changed again since, so this cannot be taken back any more. Nothing was changed.',
    }),
  'holds records': () =>
    new ProblemError('conflict', {
      vi: 'Buổi này đã có điểm danh hoặc đã điều hành, nên không bỏ được. Có thể hủy buổi, kèm lý do.',
      en: 'Attendance or steps of its agenda were recorded at this session, so it stays. It can be called off, with a reason.',
    }),
};

export function noSuchSession(): ProblemError {
  return new ProblemError('not-found', {
    vi: 'Hội nghị không có buổi họp này. Hãy mở lại danh sách buổi họp.',
    en: 'The conference has no such session. Open the list of sessions again.',
  });
}

export function saidMeanwhile(): ProblemError {
  return new ProblemError('out-of-date', {
    vi: 'Người khác vừa điều hành chương trình. Chưa có gì thay đổi; hãy xem chương trình đang ở đâu rồi bấm lại.',
    en: 'Somebody else has just stepped the agenda. Nothing has changed; see where it stands, then try again.',
  });
}

const CHANGED_MEANWHILE: Sentence = {
  vi: 'Người khác vừa sửa buổi này. Chưa có gì được lưu. Hãy xem bản mới rồi sửa tiếp.',
  en: 'Somebody else has just changed this session. Nothing was saved. Look at it as it is now, then go on.',
};
const OF_PLAN: Sentence = {
  vi: 'Tên, giờ, địa điểm và chương trình của buổi này theo kế hoạch. Hãy sửa ở kế hoạch; chưa có gì được lưu.',
  en: 'Title, hours, room and agenda of this session are the plan’s. Change them in the plan; nothing was saved.',
};
const CALLED_OFF: Sentence = {
  vi: 'Buổi này đã hủy. Hãy hoàn tác lần hủy trước khi sửa. Chưa có gì thay đổi.',
  en: 'This session was called off. Take that back before you change it. Nothing has changed.',
};
const IMPOSSIBLE: Sentence = {
  vi: 'không phải ngày giờ của một buổi họp',
  en: 'is no date and hour of a session',
};
const ENDS_FIRST: Sentence = { vi: 'phải sau giờ bắt đầu', en: 'must be after the start' };
const TOO_LONG: Sentence = {
  vi: 'một buổi không kéo dài quá 31 ngày; hãy xem lại ngày kết thúc',
  en: 'a session does not go on for more than 31 days; look at the end again',
};
const DOORS: Sentence = {
  vi: 'phải trước giờ bắt đầu, sớm nhất là một ngày trước đó',
  en: 'must be before the start, by a day at the most',
};
const NOBODY: Sentence = {
  vi: 'danh sách đại biểu không có người này',
  en: 'the roster has no such person',
};
const NO_BRIDGE: Sentence = {
  vi: 'hội nghị không có điểm cầu này',
  en: 'the conference has no such bridge',
};
export const MINUTES: Sentence = {
  vi: 'ghi số phút khi kéo dài một mục, và chỉ khi đó',
  en: 'give minutes when an item is extended, and only then',
};

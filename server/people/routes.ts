import { PersonId } from '../../domain/ids.ts';
import { peopleContracts } from '../../domain/wire/people.ts';
import { tableProblem } from '../documents/table-problems.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem, type Refusals } from '../platform/problems.ts';
import { NAMES_DELETED } from '../retention/sentences.ts';
import { confirmPeople, previewPeople, type ConfirmFailure } from './commands.ts';
import { findPeople } from './queries.ts';

/** The roster of a conference: import it in two steps, look at it. */
export function peopleRoutes(): Route[] {
  return [
    implement(peopleContracts.previewPeople, async ({ scope, body, context }) => {
      const preview = await previewPeople(context, scope, body.name, body.bytes);
      if (!preview.ok) throw tableProblem(preview, ROSTER_UNTOUCHED);
      return preview.value;
    }),

    implement(peopleContracts.confirmPeople, async ({ scope, params, body, context }) =>
      valueOrProblem(await confirmPeople(context, scope, params.import, body.merge), REFUSALS),
    ),

    implement(peopleContracts.people, async ({ scope, body, context }) => {
      const after = readCursor(PersonId, body.cursor);
      const found = await findPeople(context, scope, body.q ?? '', after, body.limit);
      return pageOf(
        found,
        body.limit,
        (person) => person,
        (person) => person.id,
      );
    }),
  ];
}

const ROSTER_UNTOUCHED = { vi: 'Danh sách vẫn như trước.', en: 'The roster is as it was.' };

const REFUSALS: Refusals<ConfirmFailure> = {
  'no such import': () => new ProblemError('not-found'),
  'confirmed before': () =>
    new ProblemError('wrong-state', {
      vi: 'Tệp này đã được nhập rồi, không nhập lại lần nữa. Hãy mở danh sách để xem.',
      en: 'This file has been imported already and was not imported again. Open the roster to see it.',
    }),
  replaced: () =>
    new ProblemError('out-of-date', {
      vi: 'Sau tệp này đã có tệp khác được tải lên. Danh sách vẫn như trước. Hãy tải lại tệp rồi xác nhận.',
      en: 'Another file was uploaded after this one. The roster is as it was. Upload the file again and confirm it.',
    }),
  'has errors': ({ errors }) =>
    new ProblemError('has-errors', {
      vi: `Tệp còn ${formatNumber(errors)} lỗi nên chưa nhập. Hãy sửa tệp rồi tải lên lại.`,
      en: `The file has ${formatNumber(errors, 'en')} errors and was not imported. Mend the file and upload it again.`,
    }),
  'names deleted': () => new ProblemError('wrong-state', NAMES_DELETED),
  'nobody to merge with': ({ rows }) =>
    new ProblemError('has-errors', {
      vi: `Không có ai được đề nghị gộp với dòng ${rows.slice(0, 10).join(', ')}. Chưa có gì được nhập.`,
      en: `Nobody was proposed for row ${rows.slice(0, 10).join(', ')} to be merged with. Nothing was imported.`,
    }),
};

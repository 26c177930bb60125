import { PersonId } from '../../domain/ids.ts';
import { peopleContracts } from '../../domain/wire/people.ts';
import { readRows } from '../documents/rows.ts';
import { sayRowProblem, sayTableFailure } from '../documents/sentences.ts';
import type { Table, TableFailure } from '../documents/table.ts';
import type { Language } from '../../domain/text/language.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem, type Refusals } from '../platform/problems.ts';
import { confirmPeople, previewPeople, type ConfirmFailure, type FileRow } from './commands.ts';
import { findPeople } from './queries.ts';

/** Beyond every roster of one file, 100,000 people with ten columns (10 MB of CSV), and little enough to be held in memory. */
const LIMITS = { bytes: 30_000_000, unpackedBytes: 200_000_000, rows: 100_000, columns: 100, cell: 5000 };

/** The roster of a conference: import it in two steps, look at it. */
export function peopleRoutes(): Route[] {
  return [
    implement(peopleContracts.previewPeople, async ({ scope, query, body, context }) => {
      const table = await readRows(body, query.name, { limits: LIMITS });
      if (!table.ok) throw unreadable(table);
      const rows = fileRows(table.value, context.language);
      return previewPeople(context, scope, query.name, table.value.header, rows);
    }),

    implement(peopleContracts.confirmPeople, async ({ scope, params, body, context }) =>
      valueOrProblem(await confirmPeople(context, scope, params.import, body.merge), REFUSALS),
    ),

    implement(peopleContracts.people, async ({ scope, query, context }) => {
      const after = readCursor(PersonId, query.cursor);
      const found = await findPeople(context, scope, query.q ?? '', after, query.limit);
      return pageOf(
        found,
        query.limit,
        (person) => person,
        (person) => person.id,
      );
    }),
  ];
}

/** The rows of a roster file; in place of one that cannot be read, where it stands and why. */
async function* fileRows(table: Table, language: Language): AsyncGenerator<FileRow> {
  for await (const read of table.rows)
    yield read.ok ? read : { unread: sayRowProblem(read.problem, language) };
}

function unreadable(failure: TableFailure): ProblemError {
  const isLarge = failure.reason === 'too large' || failure.reason === 'too large unpacked';
  return new ProblemError(isLarge ? 'too-large' : 'unreadable-file', {
    vi: `${sayTableFailure(failure, 'vi')} Danh sách vẫn như trước.`,
    en: `${sayTableFailure(failure, 'en')} The roster is as it was.`,
  });
}

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
  'nobody to merge with': ({ rows }) =>
    new ProblemError('has-errors', {
      vi: `Không có ai được đề nghị gộp với dòng ${rows.slice(0, 10).join(', ')}. Chưa có gì được nhập.`,
      en: `Nobody was proposed for row ${rows.slice(0, 10).join(', ')} to be merged with. Nothing was imported.`,
    }),
};

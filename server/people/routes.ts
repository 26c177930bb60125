import type { Response } from 'express';
import { z } from 'zod';

import { parseFields } from '../../domain/composition/columns.ts';
import { PersonId } from '../../domain/ids.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { peopleContracts, ReadingId } from '../../domain/wire/people.ts';
import { tableProblem } from '../documents/table-problems.ts';
import type { Context } from '../platform/context.ts';
import { pageOf, readCursor, writeCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem, type Refusals } from '../platform/problems.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { NAMES_DELETED } from '../retention/sentences.ts';
import {
  addPerson,
  changePerson,
  mergePerson,
  removePerson,
  undoRoster,
  type PersonFailure,
  type UndoFailure,
} from './commands.ts';
import { confirmPeople, previewPeople, type ConfirmFailure } from './import-commands.ts';
import { faultyRows } from './exports.ts';
import type { FaultyEntry } from './import-content.ts';
import { rowsDone } from './live.ts';
import { presentChanges, presentFaulty, presentRead } from './present.ts';
import { findPeople, importedFile, importPage, peopleByIds, rosterChanges } from './queries.ts';
import { IN_USE, ROSTER_UNTOUCHED } from './sentences.ts';

/** Where the rows of an import go on: a part. */
const Part = z.int().min(0);

/** The roster of a conference: import it in two steps, look at it, mend it. */
export function peopleRoutes(): Route[] {
  return [
    implement(peopleContracts.previewPeople, async ({ scope, query, body, context, response }) => {
      const { columns, reading } = query;
      const { name: fileName, bytes } = body;
      const fields = columns === undefined ? null : parseFields(columns);
      const sent = { fileName, bytes, fields, reading, signal: goneOf(response) };
      const preview = await previewPeople(context, scope, sent);
      if (preview.ok) return preview.value;
      throw tableProblem(preview, ROSTER_UNTOUCHED);
    }),

    implement(peopleContracts.readingProgress, async ({ scope, params }) => {
      if (!ReadingId.safeParse(params.reading).success) throw new ProblemError('not-found');
      return { rows: rowsDone(scope, params.reading) };
    }),

    implement(peopleContracts.importRows, async ({ scope, params, query, context }) => {
      const part = readCursor(Part, query.cursor) ?? 0;
      const { kind } = query;
      const page = await importPage(context, scope, params.import, kind, part);
      if (page === null) throw new ProblemError('not-found', GONE);
      return {
        items: page.entries.map((entry) => ('faults' in entry ? presentFaulty(entry) : presentRead(entry))),
        next: page.next === null ? null : writeCursor(page.next),
      };
    }),

    implement(peopleContracts.faultyRows, async ({ scope, params, context }) => {
      const file = await importedFile(context, scope, params.import);
      if (file === null) throw new ProblemError('not-found', GONE);
      return faultyRows(file, faultyEntries(context, scope, params.import), context.language);
    }),

    implement(peopleContracts.confirmPeople, async ({ scope, params, body, context }) =>
      valueOrProblem(await confirmPeople(context, scope, params.import, body), REFUSALS),
    ),

    implement(peopleContracts.people, async ({ scope, body, context }) => {
      const after = readCursor(PersonId, body.cursor);
      const search = { q: body.q ?? '', show: body.show ?? null };
      const found = await findPeople(context, scope, search, after, body.limit);
      return pageOf(
        found,
        body.limit,
        (person) => person,
        (person) => person.id,
      );
    }),

    implement(peopleContracts.person, async ({ scope, params, context }) => {
      const [person] = await peopleByIds(context, scope, [params.person as PersonId]);
      if (person === undefined) throw new ProblemError('not-found', NO_SUCH_PERSON);
      return person;
    }),

    implement(peopleContracts.addPerson, async ({ scope, body, context }) =>
      valueOrProblem(await addPerson(context, scope, body), PERSON_REFUSALS),
    ),

    implement(peopleContracts.changePerson, async ({ scope, params, body, context }) =>
      valueOrProblem(await changePerson(context, scope, params.person as PersonId, body), PERSON_REFUSALS),
    ),

    implement(peopleContracts.mergePerson, async ({ scope, params, body, context }) =>
      valueOrProblem(
        await mergePerson(context, scope, params.person as PersonId, body.other),
        PERSON_REFUSALS,
      ),
    ),

    implement(peopleContracts.removePerson, async ({ scope, params, body, context }) => {
      const removed = await removePerson(context, scope, params.person as PersonId, body.reason);
      valueOrProblem(removed, PERSON_REFUSALS);
    }),

    implement(peopleContracts.rosterChanges, async ({ scope, context }) => ({
      items: presentChanges(await rosterChanges(context, scope)),
    })),

    implement(peopleContracts.undoRoster, async ({ scope, body, context }) =>
      valueOrProblem(await undoRoster(context, scope, body.place), UNDO_REFUSALS),
    ),
  ];
}

/** Told when whoever asked has gone away before the answer. */
function goneOf(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

async function* faultyEntries(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  id: string,
): AsyncGenerator<FaultyEntry> {
  let part: number | null = 0;
  while (part !== null) {
    const page: Awaited<ReturnType<typeof importPage>> = await importPage(
      context,
      conference,
      id,
      'faulty',
      part,
    );
    if (page === null) return;
    for (const entry of page.entries) if ('faults' in entry) yield entry;
    part = page.next;
  }
}

const GONE = {
  vi: 'Tệp này không còn chờ xác nhận: đã nhập, hoặc có tệp khác được tải lên sau. Hãy tải lại tệp.',
  en: 'This file is not waiting to be confirmed any more: it was imported, or another was uploaded since. Upload it again.',
};
const NO_SUCH_PERSON = {
  vi: 'Danh sách không còn người này. Hãy tìm lại.',
  en: 'This person is not on the roster any more. Search again.',
};

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

const PERSON_REFUSALS: Refusals<PersonFailure> = {
  'no such person': () => new ProblemError('not-found', NO_SUCH_PERSON),
  'names deleted': () => new ProblemError('wrong-state', NAMES_DELETED),
  'changed meanwhile': () =>
    new ProblemError('out-of-date', {
      vi: 'Người khác vừa sửa mục này. Chưa lưu gì. Hãy đóng lại, mở ra xem rồi sửa.',
      en: 'Somebody else has just changed this entry. Nothing was saved. Close it, open it again and make the change.',
    }),
  'the same person': () =>
    new ProblemError('conflict', {
      vi: 'Hai mục này là một. Hãy chọn một người khác.',
      en: 'These are one and the same entry. Choose another person.',
    }),
  'in use': ({ by }) => new ProblemError('wrong-state', IN_USE[by]),
};

const UNDO_REFUSALS: Refusals<UndoFailure> = {
  'nothing to undo': () =>
    new ProblemError('out-of-date', {
      vi: 'Đây không còn là thay đổi cuối cùng, hoặc đã quá lâu, nên chưa hoàn tác. Hãy tải lại trang để xem.',
      en: 'This is not the last change any more, or is too long ago, and was not undone. Load the page again to see.',
    }),
  'names deleted': () => new ProblemError('wrong-state', NAMES_DELETED),
  'in use': ({ by }) => new ProblemError('wrong-state', IN_USE[by]),
};

import { useQuery, useQueryClient } from '@tanstack/react-query';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { peopleContracts } from '../../../domain/wire/people.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { LastChanges } from '../parts/LastChanges.tsx';

/** The last changes of the roster; the newest that stands can be taken back. */
export function RosterChanges({ conference, mayUndo }: { conference: string; mayUndo: boolean }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: ['conference', conference, 'roster changes'],
    queryFn: ({ signal }) => call(peopleContracts.rosterChanges, { params: { conference } }, signal),
  });
  return (
    <LastChanges
      changes={(data?.items ?? []).map((change) => ({
        ...change,
        words: t(`roster.${change.kind}`, { what: change.what, n: formatNumber(change.people, language) }),
        canUndo: mayUndo && change.canUndo,
      }))}
      onUndo={async (place) => {
        await call(peopleContracts.undoRoster, { params: { conference }, body: { place } });
        await queries.invalidateQueries({ queryKey: ['conference', conference] });
      }}
    />
  );
}

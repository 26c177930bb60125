import { Button, List, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { draftContracts, type DraftEffects } from '../../../domain/wire/drafts.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { planOf } from '../api/queries.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Answered, Failure } from '../parts/Pages.tsx';
import { labelOf, wordsOf } from './fields.ts';

/** Shows what has been corrected and what that touches, and makes it the plan of the conference. */
export function Apply({ conference, onClose }: { conference: string; onClose: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const params = { conference };
  const touched = useQuery({
    queryKey: ['conference', conference, 'correction-effects'],
    queryFn: ({ signal }) => call(draftContracts.correctionEffects, { params }, signal),
    staleTime: 0,
    gcTime: 0,
  });
  const apply = useMutation({
    mutationFn: (revision: number) => call(draftContracts.applyCorrection, { params, body: { revision } }),
    onSuccess: async (data) => {
      queries.setQueryData(planOf(conference).queryKey, data);
      await queries.resetQueries({ queryKey: ['conference', conference, 'correction'], exact: true });
      await queries.invalidateQueries({ queryKey: ['conference', conference, 'sessions'] });
      await queries.invalidateQueries({ queryKey: ['conferences'] });
      onClose();
    },
  });
  return (
    <Dialog title={t('plan.apply')} onClose={onClose}>
      <Answered query={touched}>
        {(data) => (
          <Stack>
            <Changes changes={data.changes} />
            <div>
              <Title order={3}>{t('plan.touches')}</Title>
              {data.effects.length === 0 ? <Text>{t('plan.touchesNothing')}</Text> : null}
              <List>
                {data.effects.map(({ code, message, to }) => (
                  <List.Item key={`${code} ${message}`}>
                    {to === null ? (
                      message
                    ) : (
                      <Link to={`/conferences/$conference/${to}`} params={{ conference }}>
                        {message}
                      </Link>
                    )}
                  </List.Item>
                ))}
              </List>
            </div>
            {apply.error === null ? null : <Failure error={apply.error} />}
            <Button loading={apply.isPending} onClick={() => apply.mutate(data.revision)}>
              {t('plan.applyNow')}
            </Button>
          </Stack>
        )}
      </Answered>
    </Dialog>
  );
}

/** More than these are counted. */
const MOST_SHOWN = 30;

function Changes({ changes }: Pick<DraftEffects, 'changes'>) {
  const { t, language } = useWords();
  const said = ({ path, change, before, after }: DraftEffects['changes'][number]): string => {
    const words = (value: unknown) => wordsOf(wordsPathOf(path), value, t, language) ?? t('plan.leftEmpty');
    const label = labelOf(path, t);
    if (change === 'moved') return t('plan.change.moved', { label });
    if (change === 'added') return t('plan.change.added', { label, words: words(after) });
    if (change === 'removed') return t('plan.change.removed', { label, words: words(before) });
    return before === after
      ? t('plan.change.inside', { label, words: words(after) })
      : t('plan.change.changed', { label, before: words(before), after: words(after) });
  };
  return (
    <div>
      <Title order={3}>{t('plan.changes', { n: changes.length })}</Title>
      <List>
        {changes.slice(0, MOST_SHOWN).map((change) => (
          <List.Item key={`${change.path} ${change.change}`}>{said(change)}</List.Item>
        ))}
      </List>
      {changes.length > MOST_SHOWN ? <Text>{t('plan.more', { n: changes.length - MOST_SHOWN })}</Text> : null}
    </div>
  );
}

/** An entry is told by its words, which need no path to be said. */
function wordsPathOf(path: string): string {
  return /^(?:clauses|agenda|duties|recipients)\.\d+$/.test(path) ? `${path}.text` : path;
}

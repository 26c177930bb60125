import { Button, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { signInContracts, type SignInEntry } from '../../../domain/wire/sign-in.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Answered, Failure } from '../parts/Pages.tsx';
import classes from './account.module.css';
import { mySignIns } from './queries.ts';

/** The browsers in which one is signed in, and the way out of the others. */
export function Browsers() {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const signIns = useQuery(mySignIns);
  const changed = () => queries.invalidateQueries({ queryKey: mySignIns.queryKey });
  const end = useMutation({
    mutationFn: (key: string) => call(signInContracts.endSignIn, { body: { key } }),
    onSuccess: changed,
  });
  const endOthers = useMutation({
    mutationFn: () => call(signInContracts.endOtherSignIns, {}),
    onSuccess: changed,
  });
  const error = end.error ?? endOthers.error;
  return (
    <section className={classes['section']} aria-label={t('account.browsers')}>
      <Title order={2}>{t('account.browsers')}</Title>
      <Answered query={signIns}>
        {({ items }) => (
          <>
            <ul className={classes['rows']}>
              {items.map((entry) => (
                <Row key={entry.key} entry={entry} onEnd={() => end.mutate(entry.key)} />
              ))}
            </ul>
            {items.length < 2 ? null : (
              <Button variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
                {t('account.endOthers')}
              </Button>
            )}
          </>
        )}
      </Answered>
      {error === null ? null : <Failure error={error} />}
      <Text role="status">
        {endOthers.data === undefined
          ? ''
          : t('account.ended', { n: formatNumber(endOthers.data.ended, language) })}
      </Text>
    </section>
  );
}

function Row({ entry, onEnd }: { entry: SignInEntry; onEnd: () => void }) {
  const { t, language } = useWords();
  const { browser, how, since, lastSeen, current } = entry;
  return (
    <li className={classes['row']}>
      <span>
        <b>{browser}</b>
        {current ? ` (${t('account.here')})` : ''}
        <span className={classes['dim']}>
          {t(`account.how.${how}`)} ·{' '}
          {t('account.sinceSeen', {
            since: formatDateTime(since, language),
            seen: formatDateTime(lastSeen, language),
          })}
        </span>
      </span>
      {current ? null : (
        <Button variant="default" onClick={onEnd} aria-label={t('account.endOf', { name: browser })}>
          {t('account.end')}
        </Button>
      )}
    </li>
  );
}

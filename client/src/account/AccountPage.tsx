import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { hasRight } from '../../../domain/access/rights.ts';
import { holdsStanding, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { Answered, PageHead } from '../parts/Pages.tsx';
import classes from './account.module.css';
import { Browsers } from './Browsers.tsx';
import { Factor } from './Factor.tsx';
import { FactorRule } from './FactorRule.tsx';
import { Passkeys } from './Passkeys.tsx';
import { Password } from './Password.tsx';
import { myAccount } from './queries.ts';
import { SingleSignOn } from './SingleSignOn.tsx';

/** One's own account: the ways to sign in, and where one is signed in. */
export function AccountPage() {
  const { t } = useWords();
  const own = useQuery(myAccount);
  const me = useMe().data;
  const organized = (me?.grants ?? []).flatMap(({ role, conference, bridge }) =>
    hasRight(role, 'organize') && conference !== null && bridge === null ? [conference] : [],
  );
  return (
    <>
      <PageHead title={t('account.title')} />
      <Answered query={own}>
        {({ name, username, password }) => (
          <div className={classes['sections']}>
            <Text>{t('account.who', { name, username })}</Text>
            <Password has={password} />
            <Factor />
            <Passkeys />
            <SingleSignOn />
            <Browsers />
            {holdsStanding(me, 'organize') ? <FactorRule conference={null} /> : null}
            {organized.map((conference) => (
              <FactorRule key={conference} conference={conference} />
            ))}
          </div>
        )}
      </Answered>
    </>
  );
}

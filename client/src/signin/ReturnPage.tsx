import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

import { singleSignOnContracts } from '../../../domain/wire/single-sign-on.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Failure, Loading } from '../parts/Pages.tsx';
import { useEntered } from './entered.ts';
import classes from './form.module.css';
import { Frame } from './Frame.tsx';

/** Where the provider of the single sign-on leads back to: hands on to the server what it sent along. */
export function ReturnPage() {
  const { t } = useWords();
  const entered = useEntered();
  const [query] = useState(() => window.location.search.slice(1));
  const { mutate, error } = useMutation({
    mutationFn: () => call(singleSignOnContracts.finishSingleSignOn, { body: { query } }),
    onSuccess: ({ entered: came, next }) => entered(came, next ?? undefined),
  });
  useEffect(() => {
    // The code is good for one time; neither the history nor a copied address is to have it.
    window.history.replaceState(window.history.state, '', window.location.pathname);
    mutate();
  }, [mutate]);
  return (
    <Frame
      title={t(error === null ? 'return.title' : 'return.failed')}
      about={error === null ? t('return.about') : ''}
    >
      {error === null ? <Loading minHeight={120} /> : <Failure error={error} />}
      {error === null ? null : (
        <Link to="/sign-in" search={{ other: true }} className={classes['other'] ?? ''}>
          {t('more.back')}
        </Link>
      )}
    </Frame>
  );
}

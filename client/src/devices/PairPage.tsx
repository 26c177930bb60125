import { Button, Stack, Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

import { useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { Loading, PageHead } from '../parts/Pages.tsx';
import type { Paired } from './pair.ts';
import { PairHere } from './PairHere.tsx';

/** Where the QR code of a pairing code leads: the code stands behind the `#`, so that no server's log has it. */
export function PairPage() {
  const place = useParams({ from: '/signed-in/shell/pair/$conference/$bridge' });
  const { t } = useWords();
  const { data: account } = useMe();
  const [code] = useState(() => window.location.hash.slice(1));
  const [paired, setPaired] = useState<Paired | null>(null);
  useEffect(() => {
    // Nor does it stay in the history.
    if (window.location.hash !== '')
      window.history.replaceState(window.history.state, '', window.location.pathname);
  }, []);
  if (account === undefined) return <Loading />;
  return (
    <>
      <PageHead title={t('pairing.pair')} />
      {paired === null ? (
        <PairHere place={place} account={account} code={code} onPaired={setPaired} />
      ) : (
        <Stack align="flex-start">
          <Text role="status">{t('pairing.done', { machine: paired.name, bridge: paired.bridgeName })}</Text>
          <Button component={Link} to="/">
            {t('pairing.toDoor')}
          </Button>
        </Stack>
      )}
    </>
  );
}

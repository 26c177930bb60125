import { Stack, Title } from '@mantine/core';

import { useWords } from '../app/language.ts';
import { GiveRole } from './GiveRole.tsx';
import { Holders } from './Holders.tsx';

/** Who has a role at one bridge, and giving one there. */
export function BridgeRoles({
  conference,
  bridge,
  mayGive,
}: {
  readonly conference: string;
  readonly bridge: string;
  readonly mayGive: boolean;
}) {
  const { t } = useWords();
  const place = { conference, bridge };
  return (
    <>
      <section aria-label={t('roles.atBridge')}>
        <Title order={3} mb="xs">
          {t('roles.atBridge')}
        </Title>
        <Holders place={place} filter={{ q: '', role: '', isOwn: true }} mayTake={mayGive} />
      </section>
      {mayGive ? (
        <Stack gap="sm">
          <Title order={3}>{t('grant.title')}</Title>
          <GiveRole key={bridge} place={place} />
        </Stack>
      ) : null}
    </>
  );
}

import { Alert, Button, CopyButton, Group, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';

import { personalContracts } from '../../../domain/wire/personal.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Failure } from '../parts/Pages.tsx';
import type { InvitationParams } from './invitations.ts';

/** A new link to somebody's own page, for whoever tells it to them; the ones before are void from then on. */
export function PersonalLink({ params }: { params: InvitationParams }) {
  const { t } = useWords();
  const renewal = useMutation({
    mutationFn: () => call(personalContracts.renewPersonalLink, { params }),
  });
  if (renewal.data === undefined) {
    return (
      <div>
        <Button variant="default" loading={renewal.isPending} onClick={() => renewal.mutate()}>
          {t('invite.link.new')}
        </Button>
        {renewal.error === null ? null : <Failure error={renewal.error} />}
      </div>
    );
  }
  const { address } = renewal.data;
  return (
    <Alert color="blue" title={t('invite.link.title')}>
      {t('invite.link.what')}
      <Group gap="sm" mt="sm" align="end" wrap="nowrap">
        <TextInput flex={1} readOnly label={t('invite.link.address')} value={address} />
        <CopyButton value={address}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? 'invite.link.copied' : 'invite.link.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Alert>
  );
}

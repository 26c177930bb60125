import { Alert, Stack, Text, TextInput } from '@mantine/core';

import type { FreezeException } from '../../../domain/invitations/step.ts';
import { useWords } from '../app/language.ts';

export const NO_EXCEPTION: FreezeException = { allowedBy: '', why: '' };

/** Whether both are said who allows a change of names after they were frozen, and why. */
export function isSaid({ allowedBy, why }: FreezeException): boolean {
  return allowedBy.trim() !== '' && why.trim() !== '';
}

/** Who allows a change of names after they were frozen, and why. */
export function ExceptionFields({
  value,
  onChange,
}: {
  readonly value: FreezeException;
  readonly onChange: (value: FreezeException) => void;
}) {
  const { t } = useWords();
  return (
    <Alert color="yellow" variant="outline">
      <Stack gap="xs">
        <Text>{t('invite.freeze.hint')}</Text>
        <TextInput
          label={t('invite.freeze.allowedBy')}
          required
          maxLength={200}
          value={value.allowedBy}
          onChange={(event) => onChange({ ...value, allowedBy: event.currentTarget.value })}
        />
        <TextInput
          label={t('invite.freeze.why')}
          required
          maxLength={500}
          value={value.why}
          onChange={(event) => onChange({ ...value, why: event.currentTarget.value })}
        />
      </Stack>
    </Alert>
  );
}

import { PasswordInput } from '@mantine/core';

import { useWords } from '../app/language.ts';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoFocus?: boolean;
}

/** A password that somebody chooses, by the rule that the server holds it to. */
export function NewPasswordField({ label, value, onChange, autoFocus = false }: Props) {
  const { t } = useWords();
  return (
    <PasswordInput
      label={label}
      description={t('setUp.passwordHint')}
      autoComplete="new-password"
      required
      autoFocus={autoFocus}
      minLength={10}
      maxLength={200}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
    />
  );
}

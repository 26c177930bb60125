import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';

import { switchLanguage, useWords } from './language.ts';
import { ButtonMenu } from '../parts/ButtonMenu.tsx';
import { MoonIcon } from '../parts/icons.tsx';

/** Vietnamese or English, at once. Sentences that the server wrote are asked for again in the new language. */
export function LanguageSwitch() {
  const { t, language } = useWords();
  const queries = useQueryClient();
  return (
    <SegmentedControl
      aria-label={t('app.language')}
      value={language}
      data={[
        { value: 'vi', label: 'VI' },
        { value: 'en', label: 'EN' },
      ]}
      size="md"
      onChange={(value) => {
        void switchLanguage(value === 'en' ? 'en' : 'vi').then(() => queries.invalidateQueries());
      }}
    />
  );
}

/** Light, dark, or as the machine has it. */
export function SchemeSwitch() {
  const { t } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choices = ['auto', 'light', 'dark'] as const;
  return (
    <ButtonMenu
      label={t('app.scheme.title')}
      icon={<MoonIcon />}
      items={() =>
        choices.map((choice) => ({
          text: t(`app.scheme.${choice}`),
          checked: colorScheme === choice,
          onPick: () => setColorScheme(choice),
        }))
      }
    />
  );
}

import { ActionIcon, Menu, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';

import { switchLanguage, useWords } from './language.ts';
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
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('app.scheme.title')}>
          <MoonIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map((choice) => (
          <Menu.Item
            key={choice}
            mih={44}
            role="menuitemradio"
            aria-checked={colorScheme === choice}
            fw={colorScheme === choice ? 600 : 400}
            onClick={() => setColorScheme(choice)}
          >
            {t(`app.scheme.${choice}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

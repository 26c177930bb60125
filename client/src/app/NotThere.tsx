import { Anchor, Text, Title } from '@mantine/core';

import { useWords } from './language.ts';

/** Says that an address leads nowhere. */
export function NotThere() {
  const { t } = useWords();
  return (
    <>
      <Title order={1}>{t('app.notThere')}</Title>
      <Text my="md">{t('app.notThereMore')}</Text>
      <Anchor href="/">{t('app.home')}</Anchor>
    </>
  );
}

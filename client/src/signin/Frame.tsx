import { Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

import { useWords } from '../app/language.ts';
import { LanguageSwitch, SchemeSwitch } from '../app/preferences.tsx';
import { BridgeMark } from '../parts/icons.tsx';
import classes from './Frame.module.css';

/** The frame of the pages before one is signed in. */
export function Frame({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  const { t } = useWords();
  useEffect(() => {
    document.title = `${title} · Nhịp Cầu`;
  }, [title]);
  return (
    <div className={classes['frame']}>
      <header className={classes['header']}>
        <span className={classes['mark']}>
          <BridgeMark /> Nhịp Cầu
        </span>
        <span className={classes['tools']}>
          <LanguageSwitch />
          <SchemeSwitch />
        </span>
      </header>
      <main className={classes['main']}>
        <Paper withBorder radius="md" p={{ base: 'md', xs: 'xl' }} w="100%" maw={460} bg="var(--raised)">
          <Stack gap="md">
            <div>
              <Title order={1}>{title}</Title>
              <Text c="dimmed">{about}</Text>
            </div>
            {children}
          </Stack>
        </Paper>
        <Text c="dimmed" size="sm" ta="center">
          {t('app.what')}
        </Text>
      </main>
    </div>
  );
}

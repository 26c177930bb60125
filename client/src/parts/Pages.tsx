import { Alert, Button, Group, List, Loader, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

import { useWords } from '../app/language.ts';
import classes from './Pages.module.css';
import { faultsOf, sentenceOf } from './sentences.ts';

/** Head of a page: its title, and what can be done with the whole of it. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Nhịp Cầu`;
  }, [title]);
  return (
    <Group justify="space-between" align="center" mb="md" gap="sm" wrap="wrap" mih={44}>
      <Title order={1} flex="1 1 auto">
        {title}
      </Title>
      {children === undefined ? null : <Group gap="sm">{children}</Group>}
    </Group>
  );
}

/** Stands where content will be, at about its height, so that nothing jumps. */
export function Loading({ minHeight = 240 }: { minHeight?: number }) {
  const { t } = useWords();
  return (
    <div className={classes['loading']} style={{ minHeight }} role="status">
      <Loader size="sm" color="river" />
      <Text c="dimmed">{t('app.loading')}</Text>
    </div>
  );
}

/** An error as a sentence, with what can be done about it. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useWords();
  const faults = faultsOf(error);
  return (
    <Alert color="red" variant="outline" role="alert" classNames={{ message: classes['message'] ?? '' }}>
      <Stack gap="xs" align="flex-start">
        <Text>{sentenceOf(error, t)}</Text>
        {faults.length === 0 ? null : (
          <List size="sm">
            {faults.slice(0, 20).map((fault) => (
              <List.Item key={`${fault.at} ${fault.message}`}>
                <b>{fault.at}</b>: {fault.message}
              </List.Item>
            ))}
          </List>
        )}
        {onRetry === undefined ? null : (
          <Button variant="default" onClick={onRetry}>
            {t('app.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** An empty place that says how to begin. */
export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Stack className={classes['nothing'] ?? ''} align="flex-start" gap="sm">
      <Title order={2}>{title}</Title>
      {children}
    </Stack>
  );
}

interface Asked<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** Shows a query in each of its states; old data stays in sight while new is asked for. */
export function Answered<Data>({
  query,
  children,
}: {
  query: Asked<Data>;
  children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null && query.error !== undefined) {
    return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  }
  return <Loading />;
}

import { Button, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import { useWords } from '../app/language.ts';
import { Nothing } from '../parts/Pages.tsx';
import classes from './versions.module.css';

/** Versions of a report, last first, and the way to more of them; words for where there are none. */
export function VersionList<Item>({
  items,
  none,
  noneMore,
  query,
  children,
}: {
  items: readonly Item[];
  none: string;
  noneMore: string;
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
  children: (item: Item) => ReactNode;
}) {
  const { t } = useWords();
  return (
    <>
      {items.length === 0 ? (
        <Nothing title={none}>
          <Text>{noneMore}</Text>
        </Nothing>
      ) : (
        <ol className={classes['versions']}>{items.map(children)}</ol>
      )}
      {query.hasNextPage ? (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('versions.more')}
        </Button>
      ) : null}
    </>
  );
}

import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

import { useWords } from '../app/language.ts';
import { MoreButton } from '../parts/MoreButton.tsx';
import { Nothing } from '../parts/Pages.tsx';
import classes from './versions.module.css';

/** Versions of a report, last first, and the way to more of them; words for where there are none. */
export function VersionList<Item>({
  of,
  none,
  noneMore,
  children,
}: {
  of: Parameters<typeof MoreButton>[0]['of'] & { readonly items: readonly Item[] };
  none: string;
  noneMore: string;
  children: (item: Item) => ReactNode;
}) {
  const { t } = useWords();
  return (
    <>
      {of.items.length === 0 ? (
        <Nothing title={none}>
          <Text>{noneMore}</Text>
        </Nothing>
      ) : (
        <ol className={classes['versions']}>{of.items.map(children)}</ol>
      )}
      <MoreButton of={of}>{t('versions.more')}</MoreButton>
    </>
  );
}

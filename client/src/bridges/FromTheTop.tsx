import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import type { BridgeId } from '../../../domain/ids.ts';
import { rootBridgeOf } from '../api/queries.ts';
import { useWords } from '../app/language.ts';
import { Answered, Nothing } from '../parts/Pages.tsx';

/** A page that begins at the top of the tree, or where the caller's view of it begins. */
export function FromTheTop({
  conference,
  children,
}: {
  readonly conference: string;
  readonly children: (bridge: BridgeId) => ReactNode;
}) {
  const { t } = useWords();
  const root = useQuery(rootBridgeOf(conference));
  return (
    <Answered query={root}>
      {(top) =>
        top === null ? (
          <Nothing title={t('bridges.none')}>
            <Text>{t('live.noBridges')}</Text>
          </Nothing>
        ) : (
          children(top.id)
        )
      }
    </Answered>
  );
}

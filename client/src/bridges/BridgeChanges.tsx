import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';

import { formatDateTime } from '../../../domain/text/dates.ts';
import { bridgeContracts } from '../../../domain/wire/bridges.ts';
import { holdsWhole, topOf, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Answered, Failure } from '../parts/Pages.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import type { DialogProps } from './asked.ts';
import type { BridgeChange } from './deeds.ts';

/** What was changed of the bridges lately and by whom, each to be taken back. */
export function BridgeChanges({ conference, forest, deeds, onClose }: DialogProps) {
  const { t, language } = useWords();
  const account = useMe().data;
  const own = topOf(account, conference, 'organize');
  const top = holdsWhole(account, conference, 'organize')
    ? forest.nodes[0]?.id
    : (own ?? forest.nodes[0]?.id);
  const changes = useQuery({
    queryKey: ['conference', conference, 'bridge-changes', top],
    queryFn: ({ signal }) =>
      call(bridgeContracts.bridgeChanges, { params: { conference, bridge: top ?? '' } }, signal),
    staleTime: 0,
  });
  const undo = useMutation({ mutationFn: (deed: BridgeChange) => deeds.undo(deed) });
  return (
    <Dialog title={t('bridges.changes')} onClose={onClose}>
      <Answered query={changes}>
        {({ items }) =>
          items.length === 0 ? (
            <Text>{t('bridges.noChanges')}</Text>
          ) : (
            <Stack>
              {undo.error === null ? null : <Failure error={undo.error} />}
              <VirtualRows
                label={t('bridges.changes')}
                count={items.length}
                rowHeight={68}
                maxHeight="60dvh"
                keyOf={(index) => items[index]?.id ?? String(index)}
                render={(index) => {
                  const change = items[index];
                  return change === undefined ? null : (
                    <Group justify="space-between" wrap="nowrap" py={6}>
                      <div>
                        <Text>{change.message}</Text>
                        <Text c="dimmed" size="sm">
                          {formatDateTime(change.at, language)} · {change.byName ?? t('bridges.byMachine')}
                        </Text>
                      </div>
                      {change.undone ? (
                        <Text c="dimmed" size="sm">
                          {t('bridges.undoneAlready')}
                        </Text>
                      ) : (
                        <Button
                          variant="default"
                          loading={undo.isPending && undo.variables.change === change.id}
                          onClick={() => top !== undefined && undo.mutate({ change: change.id, top })}
                        >
                          {t('bridges.undo')}
                        </Button>
                      )}
                    </Group>
                  );
                }}
              />
            </Stack>
          )
        }
      </Answered>
    </Dialog>
  );
}

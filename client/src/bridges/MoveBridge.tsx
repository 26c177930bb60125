import { Button, List, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { commonTop, type BridgeNode } from '../../../domain/bridges/forest.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import { bridgeContracts } from '../../../domain/wire/bridges.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Answered, Failure } from '../parts/Pages.tsx';
import type { DialogProps } from './asked.ts';
import { BridgePicker } from './BridgePicker.tsx';

/** Hangs a bridge elsewhere: where to, what that changes, and only then the deed. */
export function MoveBridge({
  conference,
  forest,
  deeds,
  node,
  to,
  onClose,
  onMoved,
}: DialogProps & {
  readonly node: BridgeNode;
  readonly to: BridgeId | null;
  readonly onMoved: (bridge: BridgeId) => void;
}) {
  const { t } = useWords();
  const [target, setTarget] = useState(to);
  const place = target === null ? undefined : forest.placeOf.get(target);
  const goal = place === undefined ? undefined : forest.nodes[place];
  const effect = useQuery({
    queryKey: ['conference', conference, 'move-effect', node.id, target],
    queryFn: ({ signal }) =>
      call(
        bridgeContracts.moveEffect,
        { params: { conference, bridge: node.id }, query: { to: target ?? node.id } },
        signal,
      ),
    enabled: target !== null,
    staleTime: 0,
  });
  const move = useMutation({
    mutationFn: async () => {
      if (goal === undefined) return;
      const top = commonTop(forest, [node.parent, goal.place])?.id ?? node.id;
      await deeds.move(node.id, goal.id, top, t('bridges.moved', { name: node.name, to: goal.name }));
      onClose();
      onMoved(node.id);
    },
  });
  const isSame = goal !== undefined && goal.place === node.parent;
  return (
    <Dialog title={t('bridges.moveTitle', { name: node.name })} onClose={onClose}>
      <Stack>
        <BridgePicker
          forest={forest}
          label={t('bridges.moveTo')}
          value={target}
          without={node}
          autoFocus={to === null}
          onPick={setTarget}
        />
        {isSame ? <Text>{t('bridges.alreadyThere')}</Text> : null}
        {target === null || isSame ? null : (
          <Answered query={effect}>
            {({ refusal, effects }) => (
              <div role="status">
                {refusal === null ? null : (
                  <Text c="red" fw={600}>
                    {refusal}
                  </Text>
                )}
                <List>
                  {effects.map((sentence) => (
                    <List.Item key={sentence}>{sentence}</List.Item>
                  ))}
                </List>
              </div>
            )}
          </Answered>
        )}
        {move.error === null ? null : <Failure error={move.error} />}
        <Button
          disabled={goal === undefined || isSame || effect.data?.refusal !== null}
          loading={move.isPending}
          {...(to === null ? {} : { 'data-autofocus': true })}
          onClick={() => move.mutate()}
        >
          {t('bridges.move')}
        </Button>
      </Stack>
    </Dialog>
  );
}

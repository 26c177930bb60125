import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';

import type { BridgeNode } from '../../../domain/bridges/forest.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Failure } from '../parts/Pages.tsx';
import type { DialogProps } from './asked.ts';
import { WhichBridges } from './WhichBridges.tsx';

/** Takes out a bridge with everything below it, after saying what goes. */
export function RemoveBridge({ forest, deeds, node, onClose }: DialogProps & { readonly node: BridgeNode }) {
  const { t, language } = useWords();
  const gone = forest.nodes.slice(node.place, node.end);
  const above = forest.nodes[node.parent];
  const remove = useMutation({
    mutationFn: async () => {
      if (above === undefined) return;
      const ids = gone.map(({ id }) => id);
      await deeds.removeMany(
        above.id,
        ids,
        t('bridges.removed', { name: node.name, n: formatNumber(ids.length, language) }),
      );
      onClose();
    },
  });
  return (
    <Dialog title={t('bridges.removeTitle', { name: node.name })} onClose={onClose}>
      <Stack>
        <Text>{t('bridges.removeAbout', { n: formatNumber(gone.length, language) })}</Text>
        <WhichBridges forest={forest} places={gone.map(({ place }) => place)} />
        {remove.error === null ? null : <Failure error={remove.error} />}
        <Button color="red" data-autofocus loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('bridges.remove', { n: formatNumber(gone.length, language) })}
        </Button>
      </Stack>
    </Dialog>
  );
}

import { Anchor, Button, Group, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import type { BridgeNode, Forest } from '../../../domain/bridges/forest.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { BridgeRoles } from '../access/BridgeRoles.tsx';
import { holdsBelow, holdsWhole, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { bridgeOf } from '../api/queries.ts';
import { Crumbs } from '../parts/Crumbs.tsx';
import { Findings } from '../parts/Findings.tsx';
import { Answered } from '../parts/Pages.tsx';
import type { Asked } from './asked.ts';
import { BridgeFields } from './BridgeFields.tsx';
import { BridgeWays } from './BridgeWays.tsx';
import type { Deeds } from './deeds.ts';

interface Props {
  readonly conference: string;
  readonly forest: Forest;
  readonly node: BridgeNode;
  readonly deeds: Deeds;
  readonly onChoose: (bridge: BridgeId) => void;
  readonly onAsk: (asked: Asked) => void;
  readonly isNamed: boolean;
  readonly onNamed: () => void;
}

/** One bridge: what it still lacks, what is given of it, edited where it stands, and what can be done with it. */
export function BridgeDetail(props: Props) {
  const { conference, forest, node, deeds, onChoose, onAsk, isNamed, onNamed } = props;
  const query = useQuery(bridgeOf(conference, node.id));
  const { t } = useWords();
  const account = useMe().data;
  const whole = holdsWhole(account, conference, 'organize');
  const may = holdsBelow(account, conference, 'organize');
  return (
    <Answered query={query}>
      {({ bridge: row, path, findings }) => (
        <Stack gap="md">
          <Crumbs
            path={path}
            bridge={row.id}
            renderStep={(step) => (
              <Anchor component="button" type="button" mih={24} onClick={() => onChoose(step.id)}>
                {step.name}
              </Anchor>
            )}
          />
          <Title order={2}>{row.name}</Title>
          <BridgeWays conference={conference} row={row} />
          {may ? <Deal node={node} onAsk={onAsk} /> : null}
          {findings.length === 0 ? null : (
            <section aria-label={t('bridges.lacks')}>
              <Title order={3}>{t('bridges.lacks')}</Title>
              <Findings findings={findings} />
            </section>
          )}
          <BridgeFields
            conference={conference}
            forest={forest}
            row={row}
            deeds={deeds}
            may={may}
            mayChair={whole}
            isNamed={isNamed}
            onNamed={onNamed}
          />
          {holdsBelow(account, conference, 'people') ? (
            <BridgeRoles conference={conference} bridge={row.id} mayGive={may} />
          ) : null}
        </Stack>
      )}
    </Answered>
  );
}

/** What can be done with a bridge as a whole, each asked about first. */
function Deal({ node, onAsk }: { node: BridgeNode; onAsk: (asked: Asked) => void }) {
  const { t, language } = useWords();
  const below = node.end - node.place - 1;
  const places = Array.from({ length: below + 1 }, (_, at) => node.place + at);
  return (
    <Group gap="xs">
      {node.parent < 0 ? null : (
        <Button variant="default" onClick={() => onAsk({ kind: 'move', node, to: null })}>
          {t('bridges.moveAsk')}
        </Button>
      )}
      <Button variant="default" onClick={() => onAsk({ kind: 'add', under: node })}>
        {t('bridges.addAsk')}
      </Button>
      {below === 0 ? null : (
        <Button variant="default" onClick={() => onAsk({ kind: 'many', places })}>
          {t('bridges.manyAsk', { n: formatNumber(below + 1, language) })}
        </Button>
      )}
      {node.parent < 0 ? null : (
        <Button variant="default" onClick={() => onAsk({ kind: 'remove', node })}>
          {t('bridges.removeAsk')}
        </Button>
      )}
    </Group>
  );
}

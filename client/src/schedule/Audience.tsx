import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import type { SessionBridges } from '../../../domain/schedule/session.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { forestQuery } from '../api/queries.ts';
import { useWords } from '../app/language.ts';
import classes from './dialogs.module.css';

/** How many who were not there a follow-up session is for, and the way to their names at each bridge that it is held for. */
export function Audience({
  conference,
  bridges,
  people,
}: {
  conference: string;
  bridges: SessionBridges;
  people: number;
}) {
  const { t, language } = useWords();
  const nodes = useQuery(forestQuery(conference)).data?.forest.nodes ?? [];
  const tops = bridges === 'all' ? nodes.slice(0, 1) : nodes.filter(({ id }) => bridges.tops.includes(id));
  const alone = bridges !== 'all' && !bridges.below;
  return (
    <div>
      <Text>{t('schedule.audience', { n: formatNumber(people, language) })}</Text>
      {people === 0 ? null : (
        <ul className={classes['ways']}>
          {tops.map(({ id, name }) => (
            <li key={id}>
              <Anchor
                renderRoot={(props) => (
                  <Link
                    to="/conferences/$conference/bridges/$bridge/follow-up"
                    params={{ conference, bridge: id }}
                    search={alone ? { alone } : {}}
                    {...props}
                  />
                )}
              >
                {t('absent.seeNames', { name })}
              </Anchor>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

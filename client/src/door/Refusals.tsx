import { Button } from '@mantine/core';

import { useWords } from '../app/language.ts';
import classes from './door.module.css';
import { dismiss, type KeptEvent } from './outbox.ts';

/** Events that the server would not have: never dropped in silence; a person reads why and puts them away. */
export function Refusals({ events }: { events: readonly KeptEvent[] }) {
  const { t } = useWords();
  const refused = events.filter((kept) => kept.state === 'refused');
  if (refused.length === 0) return null;
  return (
    <div role="alert">
      <ul className={classes['refusals']}>
        {refused.map((kept) => (
          <li key={kept.id}>
            <span>
              <b>{kept.name}</b>: {kept.message ?? t('answer.refused')}
            </span>
            <Button variant="default" onClick={() => void dismiss(kept.id)}>
              {t('door.read')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

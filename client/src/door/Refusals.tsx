import { Button } from '@mantine/core';

import { refusalSentence } from '../../../domain/attendance/sentences.ts';
import { useWords } from '../app/language.ts';
import classes from './Refusals.module.css';
import { dismiss } from './outbox.ts';
import type { Door } from './useDoor.ts';
import { whoOf } from './who.ts';

/** Events that the server would not have: never dropped in silence; a person reads why and puts them away. */
export function Refusals({ door }: { door: Door }) {
  const { t, language } = useWords();
  const { events, rowOf } = door;
  const refused = events.filter((kept) => kept.state === 'refused' && !kept.seen);
  if (refused.length === 0) return null;
  return (
    <div role="alert">
      <ul className={classes['refusals']}>
        {refused.map((kept) => (
          <li key={kept.id}>
            <span>
              <b>{whoOf(kept, events, rowOf, t)}</b>:{' '}
              {kept.reason === null ? t('answer.refused') : refusalSentence(kept.reason, language)}
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

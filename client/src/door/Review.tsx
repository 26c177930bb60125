import { Button } from '@mantine/core';

import { timeOf } from '../../../domain/attendance/order.ts';
import { formatTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import { StateShape } from '../parts/StateMark.tsx';
import classes from './door.module.css';
import { dismiss, type KeptEvent } from './outbox.ts';
import { reviewSentence } from './toReview.ts';
import type { Door } from './useDoor.ts';
import { whoOf } from './who.ts';

/** What came to light after the upload: a short list to look at, never a refusal. */
export function Review({ door, found }: { door: Door; found: readonly KeptEvent[] }) {
  const { t, language } = useWords();
  if (found.length === 0) return null;
  return (
    <section className={classes['review']} aria-label={t('review.title')}>
      <h2 className={classes['unit']}>
        <StateShape state="review" /> {t('review.list', { n: formatNumber(found.length, language) })}
      </h2>
      <p>{t('review.about')}</p>
      <ul className={classes['walkIns']}>
        {found.map((kept) => {
          const name = whoOf(kept, door.events, door.rowOf, t);
          return (
            <li key={kept.id}>
              <span>
                <span className={classes['personName']}>{name}</span>{' '}
                <span className={classes['dim']}>{formatTime(timeOf(kept.event))}</span>
                <br />
                {reviewSentence(kept, language)}
              </span>
              <Button
                variant="default"
                onClick={() => void dismiss(kept.id)}
                aria-label={t('review.read', { name })}
              >
                {t('door.read')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

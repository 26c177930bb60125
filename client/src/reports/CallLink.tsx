import { Anchor } from '@mantine/core';

import { useWords } from '../app/language.ts';
import classes from './CallLink.module.css';
import shared from './reports.module.css';
import type { Contact } from './useContacts.ts';

/** Whom to call, as a number that a phone dials. */
export function CallLink({ contact, of }: { contact: Contact | undefined; of: string }) {
  const { t } = useWords();
  if (contact === undefined) return <span className={shared['dim']}>{t('reports.noContact')}</span>;
  const { name, phone } = contact;
  return (
    <span className={classes['contact']}>
      {name === null ? null : <span>{name}</span>}
      {phone === null ? null : (
        <Anchor
          href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}
          aria-label={t('reports.callNumber', { of: name ?? of, phone })}
        >
          {phone}
        </Anchor>
      )}
    </span>
  );
}

import { Button, CopyButton, Group, Text } from '@mantine/core';

import { useWords } from '../app/language.ts';
import classes from './form.module.css';

/** Recovery codes, shown this one time. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { t } = useWords();
  return (
    <>
      <Text>{t('more.recoveryAbout')}</Text>
      <ul className={classes['codes']}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group>
        <Button onClick={onKept}>{t('more.kept')}</Button>
        {window.isSecureContext ? (
          <CopyButton value={codes.join('\n')}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {t(copied ? 'more.copied' : 'more.copy')}
              </Button>
            )}
          </CopyButton>
        ) : null}
      </Group>
    </>
  );
}

import { Code, Text } from '@mantine/core';
import { useMemo } from 'react';

import type { Enrolment } from '../../../domain/wire/second-factor.ts';
import { useWords } from '../app/language.ts';
import { qrPath } from '../passes/qr.ts';
import { CodeForm } from './CodeForm.tsx';
import classes from './form.module.css';

/** White modules around the code, by which cameras find it. */
const QUIET = 4;

interface Props {
  readonly enrolment: Enrolment;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onCode: (code: string) => void;
}

/** Shows what an app needs to make codes, and asks for the first one. */
export function Enrolling({ enrolment, busy, error, onCode }: Props) {
  const { t } = useWords();
  const { path, side } = useMemo(() => qrPath(enrolment.uri), [enrolment.uri]);
  return (
    <>
      <Text>{t('more.scan')}</Text>
      <svg
        className={classes['qr']}
        viewBox={`${-QUIET} ${-QUIET} ${side + 2 * QUIET} ${side + 2 * QUIET}`}
        shapeRendering="crispEdges"
        role="img"
        aria-label={t('more.qr')}
      >
        <path d={path} fill="#000000" />
      </svg>
      <div>
        <Text size="sm" c="dimmed">
          {t('more.type')}
        </Text>
        <Code className={classes['secret'] ?? ''}>{enrolment.secret.match(/.{1,4}/g)?.join(' ')}</Code>
      </div>
      <Text>{t('more.first')}</Text>
      <CodeForm busy={busy} error={error} onCode={onCode} />
    </>
  );
}

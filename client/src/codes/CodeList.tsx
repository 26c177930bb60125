import { Button } from '@mantine/core';
import { useState } from 'react';

import { readCode } from '../../../domain/passes/codes.ts';
import type { Resolution } from '../../../domain/passes/resolve.ts';
import { formatTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import { type CodeToResolve, type FoundPerson, nameOfCode } from './codes.ts';
import classes from './codes.module.css';
import { ResolveDialog } from './ResolveDialog.tsx';

interface Props {
  readonly codes: readonly CodeToResolve[];
  /** Whether to say at which bridge each was scanned. */
  readonly withBridge: boolean;
  /** People of a bridge who answer to a name, best first. */
  readonly find: (code: CodeToResolve, text: string) => Promise<readonly FoundPerson[]>;
  readonly onResolve: (code: CodeToResolve, resolution: Resolution, name: string) => void;
}

/** Codes with when and how often each was scanned, and the way to say whose it is. */
export function CodeList({ codes, withBridge, find, onResolve }: Props) {
  const { t, language } = useWords();
  const [asked, setAsked] = useState<CodeToResolve | null>(null);
  return (
    <>
      <ul className={classes['codes']}>
        {codes.map((one) => {
          const name = nameOfCode(one.code, t);
          const { kind } = readCode(one.code);
          return (
            <li key={`${one.bridge} ${one.code}`}>
              <span className={classes['code']}>
                <b>{name}</b>{' '}
                <span className={classes['dim']}>
                  {withBridge ? `${one.bridgeName} · ` : ''}
                  {t('codes.when', {
                    at: formatTime(one.first),
                    n: formatNumber(one.times, language),
                  })}
                </span>
                <br />
                {t(`codes.kind.${kind}`)}
                {one.proposed === null ? '' : ` ${t('codes.issuedFor', { name: one.proposed.name })}`}
                {one.arrivals.length === 0 ? ` ${t('codes.elsewhere')}` : ''}
              </span>
              <Button
                variant="default"
                disabled={one.arrivals.length === 0}
                onClick={() => setAsked(one)}
                aria-label={t('codes.resolveOf', { name })}
              >
                {t('codes.resolve')}
              </Button>
            </li>
          );
        })}
      </ul>
      {asked === null ? null : (
        <ResolveDialog
          code={asked}
          find={(text) => find(asked, text)}
          onClose={() => setAsked(null)}
          onResolve={(resolution, name) => {
            setAsked(null);
            onResolve(asked, resolution, name);
          }}
        />
      )}
    </>
  );
}

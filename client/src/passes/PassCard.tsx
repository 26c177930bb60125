import { Button } from '@mantine/core';
import { memo, useMemo } from 'react';

import { shorten } from '../../../domain/text/normalize.ts';
import type { PassRow } from '../../../domain/wire/passes.ts';
import { useWords } from '../app/language.ts';
import classes from './passes.module.css';
import { qrPath } from './qr.ts';

/** White modules around the code, by which scanners find it. */
const QUIET = 4;

interface Props {
  readonly row: PassRow;
  readonly conference: string;
  readonly until: string;
  readonly onReissue: (row: PassRow) => void;
}

/** One pass as it is printed: whose it is in words, and the same for a scanner. */
export const PassCard = memo(function PassCard({ row, conference, until, onReissue }: Props) {
  const { t } = useWords();
  const { path, side } = useMemo(() => qrPath(row.code), [row.code]);
  return (
    <li className={classes['pass']}>
      <svg
        className={classes['qr']}
        viewBox={`${-QUIET} ${-QUIET} ${side + 2 * QUIET} ${side + 2 * QUIET}`}
        shapeRendering="crispEdges"
        role="img"
        aria-label={t('pass.qrOf', { name: row.name })}
      >
        <path d={path} fill="#000000" />
      </svg>
      <div className={classes['words']}>
        <p className={classes['conference']}>{shorten(conference, 70)}</p>
        <p className={classes['name']}>{row.name}</p>
        <p>{shorten(row.position, 80)}</p>
        {row.unit === null ? null : <p className={classes['dim']}>{shorten(row.unit, 50)}</p>}
        <p>
          {row.seatNumber === null ? null : (
            <>
              <b>{t('pass.seatNumber', { number: row.seatNumber })}</b>
              {' · '}
            </>
          )}
          <b>{row.bridgeName}</b>
        </p>
        <p className={classes['dim']}>
          {t('pass.until', { date: until })}
          {row.serial > 1 ? ` · ${t('pass.serial', { n: row.serial })}` : ''}
        </p>
        <Button
          className={classes['reissue'] ?? ''}
          variant="subtle"
          px={0}
          mih={44}
          onClick={() => onReissue(row)}
          aria-label={t('pass.reissueOf', { name: row.name })}
        >
          {t('pass.reissue')}
        </Button>
      </div>
    </li>
  );
});

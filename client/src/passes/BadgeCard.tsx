import { memo, useMemo } from 'react';

import { shorten } from '../../../domain/text/normalize.ts';
import { postParts } from '../../../domain/text/posts.ts';
import type { PassRow } from '../../../domain/wire/passes.ts';
import { useWords } from '../app/language.ts';
import classes from './badges.module.css';
import { qrPath } from './qr.ts';

/** White modules around the code, by which scanners find it. */
const QUIET = 4;

/** A badge (thẻ đeo) as it is printed and worn: who it is, read at two steps, and the code that the door scans. */
export const BadgeCard = memo(function BadgeCard({
  row,
  conference,
}: {
  readonly row: PassRow;
  readonly conference: string;
}) {
  const { t } = useWords();
  const { path, side } = useMemo(() => qrPath(row.code), [row.code]);
  const { name, bridgeName, seatNumber } = row;
  const [post = '', office] = postParts(row.position, row.unit);
  return (
    <li className={classes['badge']}>
      <p className={classes['conference']}>{shorten(conference, 110)}</p>
      <p className={classes['as']}>{t(`pass.as.${row.as}`)}</p>
      <div className={classes['who']}>
        <p className={classes['name']}>{shorten(name, 60)}</p>
        <p>{shorten(post, 110)}</p>
        {office === undefined ? null : <p>{shorten(office, 70)}</p>}
      </div>
      <div className={classes['foot']}>
        <svg
          className={classes['qr']}
          viewBox={`${-QUIET} ${-QUIET} ${side + 2 * QUIET} ${side + 2 * QUIET}`}
          shapeRendering="crispEdges"
          role="img"
          aria-label={t('pass.qrOf', { name })}
        >
          <path d={path} fill="#000000" />
        </svg>
        <div className={classes['where']}>
          {seatNumber === null ? null : (
            <p>
              {t('pass.seat')}
              <b className={classes['seat']}>{seatNumber}</b>
            </p>
          )}
          <p>
            {t('pass.bridge')}
            <b>{shorten(bridgeName, 60)}</b>
          </p>
        </div>
      </div>
    </li>
  );
});

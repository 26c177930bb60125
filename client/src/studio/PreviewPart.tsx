import { Button } from '@mantine/core';

import type { FloorShown, Station } from '../../../domain/wire/media.ts';
import { useWords } from '../app/language.ts';
import { QualityMark, StationMark } from '../media/MediaMark.tsx';
import { StationPicture } from '../media/StationPicture.tsx';
import { standingOf } from './standing.ts';
import classes from './studio.module.css';

interface Props {
  readonly station: Station | undefined;
  readonly tracks: ReadonlyMap<string, MediaStreamTrack>;
  readonly floor: FloorShown;
  /** Null where there is nothing to put, or nobody may. */
  readonly onPut: (() => void) | null;
  readonly onGrant: (() => void) | null;
}

/** What a bridge would show, before everybody sees it. */
export function PreviewPart({ station, tracks, floor, onPut, onGrant }: Props) {
  const { t } = useWords();
  return (
    <section className={classes['part']} aria-label={t('studio.preview')}>
      <h2 className={classes['heading']}>
        {station === undefined ? t('studio.preview') : t('studio.previewOf', { name: station.name })}
      </h2>
      <div className={classes['picture']}>
        {station === undefined ? (
          <p className={classes['empty']}>{t('studio.previewNone')}</p>
        ) : (
          <StationPicture station={station} tracks={tracks} />
        )}
      </div>
      <div className={classes['under']}>
        <Button disabled={onPut === null} onClick={() => onPut?.()}>
          {t('studio.put')}
        </Button>
        <Button variant="default" disabled={onGrant === null} onClick={() => onGrant?.()}>
          {t('studio.grant')}
        </Button>
        {station === undefined ? null : (
          <span className={classes['marks']}>
            <StationMark state={standingOf(station, floor)} />
            <QualityMark level={station.quality} />
          </span>
        )}
      </div>
    </section>
  );
}

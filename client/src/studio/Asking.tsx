import { Button, Text, UnstyledButton } from '@mantine/core';

import type { BridgeId } from '../../../domain/ids.ts';
import { formatTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { FloorShown, Station } from '../../../domain/wire/media.ts';
import { useWords } from '../app/language.ts';
import { StationPicture } from '../media/StationPicture.tsx';
import classes from './studio.module.css';

interface Props {
  readonly floor: FloorShown;
  readonly stations: ReadonlyMap<BridgeId, Station>;
  readonly tracks: ReadonlyMap<string, MediaStreamTrack>;
  /** So many are seen; the others are counted. */
  readonly most: number;
  readonly shown: BridgeId | null;
  readonly onShow: (bridge: BridgeId) => void;
  /** Null where nobody here may grant the floor. */
  readonly onGrant: ((bridge: BridgeId) => void) | null;
}

/** Those who ask to speak, first come first, each with a small picture. */
export function Asking({ floor, stations, tracks, most, shown, onShow, onGrant }: Props) {
  const { t, language } = useWords();
  const seen = floor.asking.slice(0, most);
  const number = (n: number) => formatNumber(n, language);
  return (
    <section className={classes['asking']} aria-label={t('studio.asking')}>
      <h2 className={classes['heading']}>
        {t('studio.asking')}{' '}
        <span className={classes['dim']}>
          {floor.askingInAll > 0 ? t('studio.askingCount', { n: number(floor.askingInAll) }) : ''}
        </span>
      </h2>
      {seen.length === 0 ? <Text c="dimmed">{t('studio.nobodyAsks')}</Text> : null}
      <ol className={classes['queue']}>
        {seen.map(({ bridge, at }) => {
          const station = stations.get(bridge);
          const name = station?.name ?? '';
          return (
            <li key={bridge} className={classes['asker']} data-shown={bridge === shown || undefined}>
              <UnstyledButton
                className={classes['small'] ?? ''}
                aria-pressed={bridge === shown}
                onClick={() => onShow(bridge)}
              >
                {station === undefined ? null : <StationPicture station={station} tracks={tracks} fills />}
              </UnstyledButton>
              <span className={classes['askerName']}>
                <b>{name}</b>
                <span className={classes['dim']}>{t('studio.askedAt', { at: formatTime(at) })}</span>
              </span>
              {onGrant === null ? null : (
                <Button variant="default" onClick={() => onGrant(bridge)}>
                  {t('studio.grant')}
                </Button>
              )}
            </li>
          );
        })}
      </ol>
      {floor.askingInAll > seen.length ? (
        <Text c="dimmed">{t('studio.moreAsking', { n: number(floor.askingInAll - seen.length) })}</Text>
      ) : null}
    </section>
  );
}

import type { Station } from '../../../domain/wire/media.ts';
import { useWords } from '../app/language.ts';
import { Picture } from './Picture.tsx';

/** The picture of one bridge, or in words why there is none: its camera takes a moment to come when it is asked for. */
export function StationPicture({
  station,
  tracks,
  fills = false,
}: {
  station: Station;
  tracks: ReadonlyMap<string, MediaStreamTrack>;
  fills?: boolean;
}) {
  const { t } = useWords();
  const camera = station.streams.find(({ source }) => source === 'camera');
  const track = camera === undefined || camera.isMuted ? null : (tracks.get(camera.producer) ?? null);
  const meanwhile = station.since === null ? 'absent' : camera?.isMuted === true ? 'covered' : 'meanwhile';
  return (
    <Picture
      track={track}
      label={t('media.pictureOf', { name: station.name })}
      meanwhile={t(`media.${meanwhile}`)}
      fills={fills}
    />
  );
}

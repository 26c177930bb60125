import { useWords } from '../app/language.ts';
import classes from './media.module.css';
import { Picture } from './Picture.tsx';
import { canPlayList, ProgramList } from './ProgramList.tsx';
import type { RoomView } from './room.ts';

/** What everybody sees: the camera of the bridge on program; beside its slides, where it shows any, in a corner. */
export function ProgramPicture({
  view: { program, tracks, isReached },
  hears,
}: {
  view: RoomView;
  /** Whether sound that comes with the picture is to be heard. */
  hears: boolean;
}) {
  const { t } = useWords();
  const name = program?.bridgeName ?? '';
  const camera = program?.streams.find(({ source }) => source === 'camera');
  const slides = program?.streams.find(({ source }) => source === 'screen');
  const trackOf = (stream: typeof camera) =>
    stream === undefined || stream.isMuted ? null : (tracks.get(stream.producer) ?? null);
  const meanwhile =
    program === null || program.bridge === null
      ? t('media.noProgram')
      : camera === undefined
        ? t('media.nothingComes')
        : t(camera.isMuted ? 'media.covered' : 'media.meanwhile');
  if (!isReached && program !== null && canPlayList(program)) {
    return <ProgramList program={program} hears={hears} />;
  }
  const face = (
    <Picture track={trackOf(camera)} label={t('media.programOf', { name })} meanwhile={meanwhile} />
  );
  if (slides === undefined) return face;
  return (
    <div className={classes['withSlides']}>
      <Picture
        track={trackOf(slides)}
        label={t('media.slidesOf', { name })}
        meanwhile={t('media.meanwhile')}
      />
      {camera === undefined ? null : <div className={classes['face']}>{face}</div>}
    </div>
  );
}

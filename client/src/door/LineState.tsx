import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import type { Line } from '../api/socket.ts';
import { StateShape } from '../parts/StateMark.tsx';
import classes from './door.module.css';

/** The line and what waits for it, always in words. */
export function LineState({ line, waiting }: { line: Line; waiting: number }) {
  const { t, language } = useWords();
  const n = formatNumber(waiting, language);
  const connected = line === 'connected';
  return (
    <p className={classes['line']} role="status" data-lost={line === 'lost' || undefined}>
      <StateShape state={connected ? 'present' : line === 'lost' ? 'lost' : 'unmarked'} />
      <span>
        {connected
          ? t('line.connected', { n })
          : line === 'lost'
            ? t(waiting > 0 ? 'line.lostWaiting' : 'line.lost', { n })
            : t('line.connecting', { n })}
      </span>
    </p>
  );
}

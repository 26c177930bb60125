import { useCallback, useState } from 'react';

/** Whether a page lets the program be heard. */
export interface SoundChoice {
  /** Chosen, here or on the last visit. */
  readonly isOn: boolean;
  /** Chosen, and the browser plays nothing before somebody presses something. */
  readonly isBlocked: boolean;
  readonly turn: (isOn: boolean) => void;
  readonly onHeard: (isHeard: boolean) => void;
  /** Changes with each press: players are made anew, and may be heard then. */
  readonly round: number;
}

/** @param page each kind of page remembers for itself: a hall listens, a desk may not. */
export function useSound(page: string, isOnAtFirst: boolean): SoundChoice {
  const key = `sound-${page}`;
  const [isOn, setOn] = useState(() => (localStorage.getItem(key) ?? (isOnAtFirst ? 'on' : 'off')) === 'on');
  const [isBlocked, setBlocked] = useState(false);
  const [round, setRound] = useState(0);
  const onHeard = useCallback((isHeard: boolean) => setBlocked(!isHeard), []);
  return {
    isOn,
    isBlocked: isOn && isBlocked,
    turn: (next) => {
      localStorage.setItem(key, next ? 'on' : 'off');
      setOn(next);
      setBlocked(false);
      setRound((before) => before + 1);
    },
    onHeard,
    round,
  };
}

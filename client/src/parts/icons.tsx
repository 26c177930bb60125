import type { ReactNode } from 'react';

import { Shape } from './Shape.tsx';

function icon(paths: ReactNode, size = 20) {
  return function Icon() {
    return (
      <Shape size={size} box={20}>
        {paths}
      </Shape>
    );
  };
}

export const CalendarIcon = icon(
  <>
    <rect x="3" y="4.500" width="14" height="12.500" rx="1.500" />
    <path d="M3 8.500h14M7 2.500v4M13 2.500v4" />
  </>,
);
export const MoonIcon = icon(<path d="M16 11.5A6.5 6.5 0 0 1 8.5 4a6.5 6.5 0 1 0 7.5 7.5z" />);
export const CameraIcon = icon(
  <>
    <path d="M3 7.500a1.500 1.500 0 0 1 1.500-1.500h2l1.200-2h4.600l1.200 2h2A1.500 1.500 0 0 1 17 7.500v7a1.500 1.500 0 0 1-1.500 1.500h-11A1.500 1.500 0 0 1 3 14.500z" />
    <circle cx="10" cy="10.800" r="2.800" />
  </>,
  26,
);
const SPEAKER = <path d="M3 8v4h3l4 3.500v-11L6 8z" />;
export const SoundIcon = icon(
  <>
    {SPEAKER}
    <path d="M13 7.500a3.500 3.500 0 0 1 0 5M15.500 5a7 7 0 0 1 0 10" />
  </>,
);
export const SoundOffIcon = icon(
  <>
    {SPEAKER}
    <path d="M13.500 8l4 4M17.500 8l-4 4" />
  </>,
);
export const UserIcon = icon(
  <>
    <circle cx="10" cy="7" r="3.2" />
    <path d="M4 17c.6-3.4 3-5 6-5s5.4 1.6 6 5" />
  </>,
);
export const MoreIcon = icon(<path d="M4 10h.01M10 10h.01M16 10h.01" strokeWidth="3" />);
export const ChevronIcon = icon(<path d="M7.5 5l5 5-5 5" />, 16);
export const SearchIcon = icon(
  <>
    <circle cx="9" cy="9" r="5" />
    <path d="M13 13l4 4" />
  </>,
);
/** An arch over a deck: the mark of the program. */
export const BridgeMark = icon(
  <path d="M1.5 14h17M2.5 14a7.5 8.5 0 0 1 15 0M6.2 8v6M10 5.5V14M13.8 8v6" strokeWidth="1.6" />,
  26,
);
export const PencilIcon = icon(<path d="M12.5 4.5l3 3L7 16H4v-3zM11 6l3 3" />, 18);
export const CheckIcon = icon(<path d="M4 10.5l4 4 8-9" />, 18);
export const CrossIcon = icon(<path d="M5 5l10 10M15 5L5 15" />, 18);
export const UpIcon = icon(<path d="M10 16V4M5 9l5-5 5 5" />, 18);
export const DownIcon = icon(<path d="M10 4v12M5 11l5 5 5-5" />, 18);

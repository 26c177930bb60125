import type { ReactNode } from 'react';

import { Shape } from '../parts/Shape.tsx';

function icon(paths: ReactNode) {
  return function Icon() {
    return (
      <Shape size={22} box={20}>
        {paths}
      </Shape>
    );
  };
}

const MICROPHONE = (
  <>
    <rect x="7.500" y="2.500" width="5" height="9" rx="2.500" />
    <path d="M4.500 9.500a5.500 5.500 0 0 0 11 0M10 15v2.500M7 17.500h6" />
  </>
);
const CAMERA = (
  <>
    <rect x="2" y="5.500" width="11" height="9" rx="1.500" />
    <path d="M13 9l5-2.500v7L13 11z" />
  </>
);
const STROKE = <path d="M3 3l14 14" strokeWidth="2.4" />;
export const MicrophoneIcon = icon(MICROPHONE);
export const MicrophoneOffIcon = icon(
  <>
    {MICROPHONE}
    {STROKE}
  </>,
);
export const FilmIcon = icon(CAMERA);
export const FilmOffIcon = icon(
  <>
    {CAMERA}
    {STROKE}
  </>,
);
/** A hand that is raised. */
export const HandIcon = icon(
  <path d="M6 11V5.500a1.200 1.200 0 0 1 2.400 0V9M8.400 9V3.700a1.200 1.200 0 0 1 2.400 0V9M10.800 9V4.500a1.200 1.200 0 0 1 2.400 0V10M13.200 10V7a1.200 1.200 0 0 1 2.400 0v5c0 3.500-2 5.500-5 5.500-2.600 0-3.800-1-5-3L3.800 11.800a1.200 1.200 0 0 1 2-1.300L6 11" />,
);
export const ScreenIcon = icon(
  <>
    <rect x="2.500" y="3.500" width="15" height="10" rx="1" />
    <path d="M10 10.500V6M7.800 8L10 5.800 12.200 8M7 17h6" />
  </>,
);
export const WholeScreenIcon = icon(<path d="M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4" />);
export const SettingsIcon = icon(
  <>
    <path d="M3 6h7M14 6h3M3 14h3M10 14h7" />
    <circle cx="12" cy="6" r="2" />
    <circle cx="8" cy="14" r="2" />
  </>,
);

import type { ReactNode } from 'react';

/** A drawing in lines of the colour of the words around it, or of its own. It says nothing alone: the word stands beside it. */
export function Shape({
  size,
  box = 16,
  colour = 'inherit',
  children,
}: {
  /** In px; what is drawn in `box` by `box` fills it. */
  size: number;
  box?: number;
  colour?: string;
  children: ReactNode;
}) {
  return (
    <svg
      width={size}
      height={size}
      viewBox={`0 0 ${box} ${box}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinejoin="round"
      strokeLinecap="round"
      aria-hidden="true"
      focusable="false"
      style={{ color: colour, flex: 'none' }}
    >
      {children}
    </svg>
  );
}

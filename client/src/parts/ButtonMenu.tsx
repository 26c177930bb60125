import { ActionIcon } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useState } from 'react';

/** Brings what draws menus, for a page that will need one without a line. */
export const fetchMenus = () => import('./openMenu.tsx');
const OpenMenu = lazy(async () => ({ default: (await fetchMenus()).OpenMenu }));

/** One line of a menu: a page to go to, or something to do; `checked` where one of several holds. */
export type MenuItem =
  | { readonly text: string; readonly to: '/units' | '/account' | '/audit' }
  | { readonly text: string; readonly onPick: () => void; readonly checked?: boolean };

export interface ButtonMenuProps {
  readonly label: string;
  readonly icon: ReactNode;
  /** In px, both ways. */
  readonly size?: number;
  readonly title?: string | undefined;
  readonly items: () => readonly MenuItem[];
}

/** A button that opens a menu. What draws menus comes with the first press, as no first screen shows one. */
export function ButtonMenu(props: ButtonMenuProps) {
  const { label, icon, size } = props;
  const [wanted, setWanted] = useState(false);
  const button = (
    <ActionIcon
      {...(size !== undefined && { size })}
      aria-label={label}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={() => void fetchMenus()}
      onClick={() => setWanted(true)}
    >
      {icon}
    </ActionIcon>
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <OpenMenu {...props} />
    </Suspense>
  );
}

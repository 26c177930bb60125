import { ActionIcon } from '@mantine/core';
import { useState } from 'react';

import { later } from './later.tsx';
import type { ButtonMenuProps } from './openMenu.tsx';

/** What draws menus comes with the first press, as no first screen shows one. */
export const OpenMenu = later(async () => (await import('./openMenu.tsx')).OpenMenu, ClosedMenu);

/** A button that opens a menu. */
export function ButtonMenu(props: ButtonMenuProps) {
  const [wanted, setWanted] = useState(false);
  return wanted ? <OpenMenu {...props} /> : <ClosedMenu {...props} onPress={() => setWanted(true)} />;
}

function ClosedMenu({ label, icon, size, onPress }: ButtonMenuProps & { readonly onPress?: () => void }) {
  return (
    <ActionIcon
      {...(size !== undefined && { size })}
      aria-label={label}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={onPress}
    >
      {icon}
    </ActionIcon>
  );
}

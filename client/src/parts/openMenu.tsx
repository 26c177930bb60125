import { ActionIcon, Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

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

/** A menu that is open from the beginning: its button was just pressed. */
export function OpenMenu({ label, icon, size, title, items }: ButtonMenuProps) {
  return (
    <Menu position="bottom-end" withinPortal defaultOpened>
      <Menu.Target>
        <ActionIcon {...(size !== undefined && { size })} aria-label={label}>
          {icon}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {title === undefined ? null : <Menu.Label>{title}</Menu.Label>}
        {items().map((item) =>
          'to' in item ? (
            <Menu.Item key={item.text} mih={44} component={Link} to={item.to}>
              {item.text}
            </Menu.Item>
          ) : (
            <Menu.Item
              key={item.text}
              mih={44}
              onClick={item.onPick}
              {...(item.checked !== undefined && {
                role: 'menuitemradio',
                'aria-checked': item.checked,
                fw: item.checked ? 600 : 400,
              })}
            >
              {item.text}
            </Menu.Item>
          ),
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

import { ActionIcon, Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import type { ButtonMenuProps } from './ButtonMenu.tsx';

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

import { Button, Menu } from '@mantine/core';
import type { ReactNode } from 'react';

import { useWords } from '../app/language.ts';

/** What is done seldom with the whole of a page, behind one button of its head: items of a menu. */
export function MoreMenu({ busy = false, children }: { busy?: boolean; children: ReactNode }) {
  const { t } = useWords();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" loading={busy}>
          {t('app.more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}

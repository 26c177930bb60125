import { useState } from 'react';

import { ButtonMenu } from '../parts/ButtonMenu.tsx';
import { UserIcon } from '../parts/icons.tsx';
import { later } from '../parts/later.tsx';
import type { MenuItem } from '../parts/openMenu.tsx';
import { holdsStanding, useMe } from './account.ts';
import { useWords } from './language.ts';

export const SignOut = later(async () => (await import('./SignOut.tsx')).SignOut);

/** Who is signed in, and the way out. */
export function AccountMenu() {
  const { t } = useWords();
  const { data: account } = useMe();
  const [leaving, setLeaving] = useState(false);
  const items = (): readonly MenuItem[] => [
    ...(holdsStanding(account, 'audit') ? [{ text: t('pages.audit'), to: '/audit' } as const] : []),
    ...(holdsStanding(account, 'organize') ? [{ text: t('pages.units'), to: '/units' } as const] : []),
    { text: t('app.myAccount'), to: '/account' },
    { text: t('app.signOut'), onPick: () => setLeaving(true) },
  ];
  return (
    <>
      {leaving && account !== undefined ? (
        <SignOut account={account.id} onStay={() => setLeaving(false)} />
      ) : null}
      <ButtonMenu
        label={t('app.account', { name: account?.name ?? '' })}
        icon={<UserIcon />}
        title={account?.name}
        items={items}
      />
    </>
  );
}

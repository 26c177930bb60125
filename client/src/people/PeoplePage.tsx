import { Button, Menu } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';

import { holdsWhole, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { ListKeysHelp } from '../parts/KeysHelp.tsx';
import { MoreMenu } from '../parts/MoreMenu.tsx';
import { PageHead } from '../parts/Pages.tsx';
import { ImportView } from './ImportView.tsx';
import { AddPerson } from './PersonPanel.tsx';
import { Roster } from './Roster.tsx';
import { RosterChanges } from './RosterChanges.tsx';

/** The roster: bring one in, look through it, mend it. */
export function PeoplePage() {
  const { t } = useWords();
  const { conference } = useParams({ from: '/signed-in/shell/conferences/$conference/people' });
  const mayChange = holdsWhole(useMe().data, conference, 'organize');
  const [bringing, setBringing] = useState(false);
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHead title={t('people.title')}>
        {mayChange ? (
          <>
            <MoreMenu>
              <Menu.Item
                mih={44}
                renderRoot={(props) => (
                  <Link to="/conferences/$conference/retention" params={{ conference }} {...props} />
                )}
              >
                {t('retention.link')}
              </Menu.Item>
            </MoreMenu>
            {bringing ? null : (
              <Button variant="default" onClick={() => setAdding(true)}>
                {t('people.add')}
              </Button>
            )}
            <Button variant={bringing ? 'default' : 'filled'} onClick={() => setBringing(!bringing)}>
              {t(bringing ? 'app.cancel' : 'people.import')}
            </Button>
          </>
        ) : null}
      </PageHead>
      {bringing ? (
        <ImportView conference={conference} onDone={() => setBringing(false)} />
      ) : (
        <>
          <RosterChanges conference={conference} mayUndo={mayChange} />
          <Roster
            conference={conference}
            mayChange={mayChange}
            onImport={mayChange ? () => setBringing(true) : null}
          />
        </>
      )}
      <ListKeysHelp />
      {adding ? <AddPerson conference={conference} onClose={() => setAdding(false)} /> : null}
    </>
  );
}

import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { invitationContracts } from '../../../domain/wire/invitations.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { LetterPage } from '../parts/LetterPage.tsx';
import { Answered } from '../parts/Pages.tsx';
import { invitationsKey, type InvitationParams } from './invitations.ts';

/** The letter as it would go out now, once it is asked for. */
export function LetterPreview({ params }: { params: InvitationParams }) {
  const { t } = useWords();
  const [isOpen, setIsOpen] = useState(false);
  const letter = useQuery({
    queryKey: [...invitationsKey(params.conference), 'letter', params.invitation],
    queryFn: ({ signal }) => call(invitationContracts.previewInvitation, { params }, signal),
    enabled: isOpen,
  });
  if (!isOpen) {
    return (
      <div>
        <Button variant="default" onClick={() => setIsOpen(true)}>
          {t('invite.one.letter')}
        </Button>
      </div>
    );
  }
  return (
    <Answered query={letter}>
      {({ subject, html }) => (
        <div>
          <Text fw={600}>{subject}</Text>
          <LetterPage title={t('invite.one.letterOf')} html={html} />
        </div>
      )}
    </Answered>
  );
}

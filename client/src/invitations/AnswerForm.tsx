import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';

import type { Answer } from '../../../domain/invitations/step.ts';
import { useWords } from '../app/language.ts';
import classes from './invitations.module.css';

/** What somebody said by telephone or on paper. */
export function AnswerForm({ busy, onSaid }: { busy: boolean; onSaid: (said: Answer) => void }) {
  const { t } = useWords();
  const [kind, setKind] = useState<Answer['answer']>('coming');
  const [reason, setReason] = useState('');
  const [words, setWords] = useState({ name: '', position: '', phone: '', email: '' });
  const isWhole =
    kind === 'coming' || (reason.trim() !== '' && (kind === 'not-coming' || words.name.trim() !== ''));
  const said = (): Answer => {
    if (kind === 'coming') return { answer: kind };
    if (kind === 'not-coming') return { answer: kind, reason };
    const { name, position, phone, email } = words;
    return {
      answer: kind,
      reason,
      substitute: { name, position, unit: null, phone: phone || null, email: email || null },
    };
  };
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        onSaid(said());
      }}
    >
      <SegmentedControl
        aria-label={t('invite.one.answer')}
        value={kind}
        data={[
          { value: 'coming', label: t('invite.one.coming') },
          { value: 'not-coming', label: t('invite.one.notComing') },
          { value: 'substitute', label: t('invite.one.substitute') },
        ]}
        onChange={(value) => setKind(value)}
      />
      {kind === 'substitute'
        ? (['name', 'position', 'phone', 'email'] as const).map((field) => (
            <TextInput
              key={field}
              label={t(`invite.one.${field}`)}
              required={field === 'name'}
              autoComplete="off"
              maxLength={field === 'phone' ? 40 : 200}
              value={words[field]}
              onChange={(event) => setWords({ ...words, [field]: event.currentTarget.value })}
            />
          ))
        : null}
      {kind === 'coming' ? null : (
        <TextInput
          label={t('invite.one.why')}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <Button type="submit" loading={busy} disabled={!isWhole}>
        {t('invite.one.save')}
      </Button>
    </form>
  );
}

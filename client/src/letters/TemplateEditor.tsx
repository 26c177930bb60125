import { Button, Group, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';

import { formatDateTime } from '../../../domain/text/dates.ts';
import { letterContracts, type StandingTemplate } from '../../../domain/wire/letters.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { LetterPage } from '../parts/LetterPage.tsx';
import { Failure } from '../parts/Pages.tsx';
import { lettersKey } from './letters.ts';
import classes from './letters.module.css';

const PREVIEW_AFTER_MS = 400;

/** The words of one kind of letter beside the letter that they come to. Nothing is kept before it is saved. */
export function TemplateEditor({
  conference,
  standing,
}: {
  readonly conference: string;
  readonly standing: StandingTemplate;
}) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const { kind, version, isOwn, changed, offered } = standing;
  const [subject, setSubject] = useState(standing.subject);
  const [body, setBody] = useState(standing.body);
  const written = { subject, body };
  const isChanged = subject !== standing.subject || body !== standing.body;
  const field = useRef<HTMLTextAreaElement>(null);
  const save = useMutation({
    mutationFn: (template: typeof written | null) =>
      call(letterContracts.setLetterTemplate, { params: { conference }, body: { kind, version, template } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: lettersKey(conference) }),
  });
  const [shown] = useDebouncedValue(written, PREVIEW_AFTER_MS);
  const preview = useQuery({
    queryKey: [...lettersKey(conference), 'preview', kind, shown.subject, shown.body],
    queryFn: ({ signal }) =>
      call(letterContracts.previewLetter, { params: { conference }, body: { kind, ...shown } }, signal),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const faults = preview.data?.faults ?? [];
  const insert = (word: string): void => {
    const area = field.current;
    const [from, to] = [area?.selectionStart ?? body.length, area?.selectionEnd ?? body.length];
    setBody(`${body.slice(0, from)}{${word}}${body.slice(to)}`);
    const after = from + word.length + 2;
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(after, after);
    });
  };
  return (
    <div className={classes['sides']}>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(written);
        }}
      >
        <TextInput
          label={t('letters.subject')}
          required
          maxLength={200}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <Textarea
          ref={field}
          label={t('letters.body')}
          required
          autosize
          minRows={12}
          maxRows={28}
          maxLength={10_000}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        <fieldset className={classes['words']}>
          <legend>{t('letters.insert')}</legend>
          {offered.map((word) => (
            <button
              key={word}
              type="button"
              className={classes['word']}
              title={t(`letters.placeholders.${word}`)}
              onClick={() => insert(word)}
            >
              <code lang="vi">{word}</code>
            </button>
          ))}
        </fieldset>
        {faults.length === 0 ? null : (
          <ul className={classes['faults']} role="status">
            {faults.map(({ at, message }) => (
              <li key={`${at} ${message}`}>{placed(at, message, t)}</li>
            ))}
          </ul>
        )}
        {save.error === null ? null : <Failure error={save.error} />}
        <Group gap="sm">
          <Button type="submit" loading={save.isPending} disabled={!isChanged || faults.length > 0}>
            {t('letters.save')}
          </Button>
          {isChanged ? (
            <Button
              variant="default"
              onClick={() => {
                setSubject(standing.subject);
                setBody(standing.body);
              }}
            >
              {t('letters.undo')}
            </Button>
          ) : null}
          {isOwn ? (
            <Button variant="default" loading={save.isPending} onClick={() => save.mutate(null)}>
              {t('letters.reset')}
            </Button>
          ) : null}
        </Group>
        <Text c="dimmed" size="sm">
          {changed === null
            ? t('letters.untouched')
            : t(isOwn ? 'letters.changed' : 'letters.wasReset', {
                at: formatDateTime(changed.at, language),
                by: changed.by ?? t('letters.somebody'),
              })}
        </Text>
      </form>
      <section aria-label={t('letters.preview')}>
        <Title order={2} fz="lg" mb="xs">
          {t('letters.preview')}
        </Title>
        {preview.error === null ? null : <Failure error={preview.error} />}
        {preview.data === undefined ? null : (
          <Stack gap="xs">
            <Text c="dimmed" size="sm">
              {preview.data.name === null
                ? t('letters.invented')
                : t('letters.previewOf', { name: preview.data.name })}
            </Text>
            <Text fw={600}>{preview.data.subject}</Text>
            <div className={classes['page']}>
              <LetterPage title={t('letters.preview')} html={preview.data.html} />
            </div>
          </Stack>
        )}
      </section>
    </div>
  );
}

/** A fault with its place: the subject, a line of the letter, or the letter as a whole. */
function placed(at: string, message: string, t: ReturnType<typeof useWords>['t']): string {
  const [, line] = /^body\.(\d+)$/.exec(at) ?? [];
  if (line !== undefined) return t('letters.atLine', { line, message });
  return at === 'subject' ? t('letters.atSubject', { message }) : message;
}

import { Alert, Button, Checkbox, NativeSelect, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';

import type { BridgeId } from '../../../domain/ids.ts';
import {
  childrenOf,
  missingIn,
  wayTo,
  type DueList,
  type DueNode,
} from '../../../domain/reports/due-list.ts';
import { isReached, REMINDED, remindedToday, type Reminded } from '../../../domain/reports/reminders.ts';
import { formatTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { Instant } from '../../../domain/time.ts';
import { reminderContracts } from '../../../domain/wire/reminders.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { mailLineOf } from '../api/queries.ts';
import { newUuid } from '../parts/uuid.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Failure } from '../parts/Pages.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import classes from './RemindDialog.module.css';
import shared from './reports.module.css';
import { remindersKey } from './LatestReminder.tsx';
import type { Contacts } from './useContacts.ts';

interface Props {
  readonly conference: string;
  readonly list: DueList;
  readonly node: DueNode;
  readonly contacts: Contacts;
  readonly now: Instant;
  readonly onClose: () => void;
}

/** Before a reminder: whom it is for, whom that reaches, what it says. */
export function RemindDialog({ conference, list, node, contacts, now, onClose }: Props) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [top, setTop] = useState<BridgeId>(node.id);
  const [who, setWho] = useState<Reminded>('all');
  const [skipToday, setSkipToday] = useState(true);
  const [words, setWords] = useState('');
  // Made once for as long as the dialog stands: whatever is pressed twice, or sent again, is one reminder.
  const [reminder] = useState(() => newUuid(Date.now()));
  const from = list.nodes[list.placeOf.get(top) ?? -1] ?? node;
  const below = useMemo(() => list.nodes.slice(from.place + 1, from.end), [list, from]);
  const reachedBy = (choice: Reminded, skip: boolean) =>
    below.filter((one) => isReached(one, { whom: choice, skipToday: skip }, now));
  const reached = reachedBy(who, skipToday);
  const today = reachedBy(who, false).filter((one) => remindedToday(one, now));
  const line = useQuery(mailLineOf(conference)).data;
  const letters = new Set(reached.flatMap(({ id }) => contacts.get(id)?.email?.toLowerCase() ?? [])).size;
  const byMail = reached.filter(({ id }) => contacts.get(id)?.email != null);
  const unreachable = reached.filter(({ id }) => !contacts.has(id));
  const hasMail = line !== undefined && line.kind !== 'none';
  const n = (count: number) => formatNumber(count, language);
  const send = useMutation({
    mutationFn: () =>
      call(reminderContracts.remind, {
        params: { conference, bridge: from.id, reminder },
        body: { whom: who, skipToday, words: words.trim() === '' ? null : words },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: remindersKey(conference) });
      onClose();
    },
  });
  const parts = childrenOf(list, node).filter(
    (child) => child.end > child.place + 1 && missingIn(list, child) > 0,
  );
  return (
    <Dialog title={t('remind.title')} isWide onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate();
        }}
      >
        <div className={classes['halves']}>
          <Stack gap="sm">
            {parts.length === 0 ? null : (
              <NativeSelect
                size="md"
                label={t('remind.where')}
                value={top}
                data={[node, ...parts].map((one) => ({
                  value: one.id,
                  label: one.id === node.id ? t('remind.allOf', { name: one.name }) : one.name,
                }))}
                onChange={(event) => setTop(event.currentTarget.value as BridgeId)}
              />
            )}
            <Radio.Group label={t('remind.who')} value={who} onChange={(value) => setWho(value)}>
              <Stack gap={0}>
                {REMINDED.map((one) => (
                  <Radio
                    key={one}
                    value={one}
                    label={t('remind.choice', {
                      who: t(`reminded.${one}`),
                      n: n(reachedBy(one, false).length),
                    })}
                    styles={{ body: { alignItems: 'center', minHeight: 44 } }}
                  />
                ))}
              </Stack>
            </Radio.Group>
            <Checkbox
              label={t('remind.skipToday', { n: n(today.length) })}
              checked={skipToday}
              styles={{ body: { alignItems: 'center', minHeight: 44 } }}
              onChange={(event) => setSkipToday(event.currentTarget.checked)}
            />
            <Textarea
              label={t('remind.words')}
              description={t('remind.wordsHint')}
              autoComplete="off"
              autosize
              minRows={2}
              maxLength={500}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
          </Stack>
          <Stack gap="sm">
            <Text fw={600} role="status">
              {t('remind.reaches', { n: n(reached.length) })}
              {unreachable.length === 0 ? '' : ` ${t('remind.noContact', { n: n(unreachable.length) })}`}
            </Text>
            {reached.length === 0 ? null : (
              <VirtualRows
                label={t('remind.list')}
                count={reached.length}
                rowHeight={46}
                maxHeight="34dvh"
                keyOf={(at) => reached[at]?.id ?? String(at)}
                render={(at) => {
                  const one = reached[at];
                  if (one === undefined) return null;
                  return (
                    <div className={classes['reached']}>
                      <span>{one.name}</span>
                      <span className={shared['dim']}>
                        {[
                          wayTo(list, one).at(-2)?.name,
                          one.remindedAt !== null && remindedToday(one, now)
                            ? t('remind.today', { at: formatTime(one.remindedAt) })
                            : null,
                          contacts.has(one.id) ? null : t('reports.noContact'),
                          hasMail && contacts.get(one.id)?.email == null ? t('remind.noAddress') : null,
                        ]
                          .filter(Boolean)
                          .join(' · ')}
                      </span>
                    </div>
                  );
                }}
              />
            )}
            {line === undefined || reached.length === 0 ? null : (
              <Text size="sm">
                {line.kind === 'none'
                  ? t('remind.noMail')
                  : t(line.kind === 'test' ? 'remind.testMail' : 'remind.byMail', {
                      bridges: n(byMail.length),
                      letters: n(letters),
                      without: n(reached.length - byMail.length),
                    })}
              </Text>
            )}
            <Alert color="gray">{t('remind.wait')}</Alert>
            {send.error === null ? null : <Failure error={send.error} />}
            <Button type="submit" disabled={reached.length === 0} loading={send.isPending}>
              {t('remind.send', { n: n(reached.length) })}
            </Button>
          </Stack>
        </div>
      </form>
    </Dialog>
  );
}

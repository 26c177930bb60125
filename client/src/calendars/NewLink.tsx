import { Button, Group, Stack, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';

import type { NewCalendarFeed } from '../../../domain/wire/calendars.ts';
import { useWords } from '../app/language.ts';
import { qrPath } from '../passes/qr.ts';
import classes from './calendars.module.css';
import { feedName } from './feeds.ts';

/** The link of a calendar that was just made, for this machine and for a phone beside it. It is not shown again. */
export function NewLink({ feed }: { feed: NewCalendarFeed }) {
  const { t } = useWords();
  const clipboard = useClipboard({ timeout: 4000 });
  // Calendar programs ask to subscribe where a link is of this kind; on https they would only open the file once.
  const webcal = feed.address.replace(/^https?:/, 'webcal:');
  const { path, side } = qrPath(webcal);
  return (
    <section className={classes['link']} aria-label={t('calendars.made', { name: feedName(feed, t) })}>
      <Stack gap="sm">
        <Text fw={600} role="status">
          {t('calendars.made', { name: feedName(feed, t) })}
        </Text>
        <Group gap="sm">
          <Button component="a" href={webcal}>
            {t('calendars.subscribe')}
          </Button>
          <Button variant="default" onClick={() => clipboard.copy(feed.address)}>
            {t(clipboard.copied ? 'calendars.copied' : 'calendars.copy')}
          </Button>
        </Group>
        <Text className={classes['address']}>{feed.address}</Text>
        <Text>{t('calendars.scan')}</Text>
        <svg
          className={classes['qr']}
          viewBox={`-4 -4 ${side + 8} ${side + 8}`}
          role="img"
          aria-label={t('calendars.qr')}
        >
          <path d={path} />
        </svg>
        <Text c="dimmed">{t('calendars.once')}</Text>
      </Stack>
    </section>
  );
}

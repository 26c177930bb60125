import { Checkbox, NativeSelect, Stack, Text } from '@mantine/core';

import { formatNumber } from '../../../domain/text/numbers.ts';
import type { CompositionSettings } from '../../../domain/wire/placement.ts';
import { useWords } from '../app/language.ts';
import classes from './people.module.css';

interface Props {
  readonly settings: CompositionSettings;
  readonly busy: boolean;
  readonly onChange: (settings: Partial<CompositionSettings>) => void;
}

/** What the plan's words leave to the organizers, always in sight beside the result, never silent. */
export function SettingsView({ settings, busy, onChange }: Props) {
  const { t, language } = useWords();
  const number = (n: number) => formatNumber(n, language);
  return (
    <details className={classes['details']}>
      <summary>{t('settings.title')}</summary>
      <Stack gap="sm">
        <Text c="dimmed">{t('settings.more')}</Text>
        <NativeSelect
          label={t('settings.lowerLevelMembership')}
          value={settings.lowerLevelMembership}
          disabled={busy}
          maw={420}
          data={[
            { value: 'higher bridge first', label: t('settings.higher') },
            { value: 'lower bridge first', label: t('settings.lower') },
          ]}
          onChange={(event) =>
            onChange({
              lowerLevelMembership:
                event.currentTarget.value === 'lower bridge first'
                  ? 'lower bridge first'
                  : 'higher bridge first',
            })
          }
        />
        <Checkbox
          checked={settings.bodiesIncludeDeputies}
          disabled={busy}
          label={t('settings.bodiesIncludeDeputies')}
          styles={{ body: { alignItems: 'center', minHeight: 44 } }}
          onChange={(event) => onChange({ bodiesIncludeDeputies: event.currentTarget.checked })}
        />
        <Checkbox
          checked={settings.villageHeadsIncludeWards}
          disabled={busy}
          label={t('settings.villageHeadsIncludeWards')}
          styles={{ body: { alignItems: 'center', minHeight: 44 } }}
          onChange={(event) => onChange({ villageHeadsIncludeWards: event.currentTarget.checked })}
        />
        <Text>
          {t('settings.fillOrder')}: {settings.fillOrder.map((key) => t(`settings.fill.${key}`)).join(', ')}
        </Text>
        <Text>
          {t('settings.counts', {
            extension: number(settings.extensionAt.length),
            named: number(settings.named.length),
            quota: number(settings.quota.length),
            pins: number(settings.pins.length),
          })}
        </Text>
      </Stack>
    </details>
  );
}

import { Checkbox, NativeSelect, Stack, Text } from '@mantine/core';

import { formatNumber } from '../../../domain/text/numbers.ts';
import type { CompositionSettings } from '../../../domain/wire/placement.ts';
import { useWords } from '../app/language.ts';
import classes from './composition.module.css';

type Options = Pick<
  CompositionSettings,
  'lowerLevelMembership' | 'bodiesIncludeDeputies' | 'villageHeadsIncludeWards'
>;

interface Props {
  readonly settings: CompositionSettings;
  readonly busy: boolean;
  /** Null where somebody may only look. */
  readonly onChange: ((settings: Partial<Options>) => void) | null;
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
          disabled={busy || onChange === null}
          maw={420}
          data={[
            { value: 'higher bridge first', label: t('settings.higher') },
            { value: 'lower bridge first', label: t('settings.lower') },
          ]}
          onChange={(event) =>
            onChange?.({
              lowerLevelMembership:
                event.currentTarget.value === 'lower bridge first'
                  ? 'lower bridge first'
                  : 'higher bridge first',
            })
          }
        />
        <Checkbox
          checked={settings.bodiesIncludeDeputies}
          disabled={busy || onChange === null}
          label={t('settings.bodiesIncludeDeputies')}
          onChange={(event) => onChange?.({ bodiesIncludeDeputies: event.currentTarget.checked })}
        />
        <Checkbox
          checked={settings.villageHeadsIncludeWards}
          disabled={busy || onChange === null}
          label={t('settings.villageHeadsIncludeWards')}
          onChange={(event) => onChange?.({ villageHeadsIncludeWards: event.currentTarget.checked })}
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

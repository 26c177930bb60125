import { Button, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { formatDate } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { type CivilDate, civilDateOf } from '../../../domain/time.ts';
import { unitContracts } from '../../../domain/wire/units.ts';
import type { AnswerOf } from '../../../domain/wire/contract.ts';
import { holdsStanding, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { call, fileOf } from '../api/call.ts';
import { FileDrop } from '../parts/FileDrop.tsx';
import { Answered, Failure, PageHead } from '../parts/Pages.tsx';
import { serverNow } from '../parts/serverClock.ts';
import { DateField } from '../parts/TimeFields.tsx';
import { UnitPreview } from './UnitPreview.tsx';

type Answer = AnswerOf<typeof unitContracts.importUnits>;
type Coverage = Answer['covers'];

/** The list of administrative units (danh mục đơn vị hành chính): which is in force, and taking over a new one. */
export function UnitsPage() {
  const { t } = useWords();
  const may = holdsStanding(useMe().data, 'organize');
  const [file, setFile] = useState<File | null>(null);
  return (
    <>
      <PageHead title={t('pages.units')} />
      <Stack gap="lg">
        <InForce />
        {may ? (
          file === null ? (
            <FileDrop
              invitation={t('units.invitation')}
              accept=".csv,.xlsx"
              working={null}
              onFile={setFile}
            />
          ) : (
            <TakeOver key={`${file.name} ${file.lastModified}`} file={file} onOther={() => setFile(null)} />
          )
        ) : (
          <Text>{t('units.notYours')}</Text>
        )}
      </Stack>
    </>
  );
}

/** How many units of each level stand on a day, today unless another one is asked for. */
function InForce() {
  const { t, language } = useWords();
  const [today] = useState(() => civilDateOf(serverNow()));
  const [day, setDay] = useState<CivilDate | null>(today);
  const levels = useQuery({
    queryKey: ['levels', day ?? today],
    queryFn: ({ signal }) => call(unitContracts.levels, { query: { asOf: day ?? today } }, signal),
    // What stands below must not move from under a pointer that leaves the field.
    placeholderData: (before) => before,
  });
  return (
    <section>
      <Group align="end" mb="md">
        <DateField label={t('units.onDay')} value={day} onRead={setDay} />
      </Group>
      <Answered query={levels}>
        {({ levels: found, units }) => (
          <Text size="lg">
            {t('units.inForce', {
              n: formatNumber(units, language),
              levels: found.map(({ name }) => name[language].toLocaleLowerCase(language)).join(', '),
            })}
          </Text>
        )}
      </Answered>
    </section>
  );
}

/** One file on its way: read at once, shown as it was understood, and taken over only when somebody says so. */
function TakeOver({ file, onOther }: { file: File; onOther: () => void }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [covers, setCovers] = useState<Coverage | null>(null);
  const [validFrom, setValidFrom] = useState<CivilDate | null>(null);
  const send = async (dryRun: boolean): Promise<Answer> =>
    call(unitContracts.importUnits, {
      query: {
        dryRun: dryRun ? 'true' : 'false',
        ...(covers === null ? {} : { covers }),
        ...(validFrom === null ? {} : { validFrom }),
      },
      body: await fileOf(file),
    });
  const preview = useQuery({
    queryKey: ['unit-preview', file.name, file.size, file.lastModified, covers, validFrom],
    queryFn: () => send(true),
    staleTime: Infinity,
    gcTime: 0,
    placeholderData: (before) => before,
    retry: false,
  });
  const take = useMutation({
    mutationFn: () => send(false),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['levels'] }),
  });
  if (take.data?.imported === true) {
    return (
      <Stack align="flex-start" role="status">
        <Title order={2}>{t('units.taken')}</Title>
        <Text>
          {t('units.takenMore', {
            n: formatNumber(take.data.units, language),
            day: take.data.from === null ? '' : formatDate(take.data.from),
          })}
        </Text>
        <Button variant="default" onClick={onOther}>
          {t('units.another')}
        </Button>
      </Stack>
    );
  }
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={2}>{t('units.file', { name: file.name })}</Title>
        <Button variant="default" onClick={onOther}>
          {t('units.another')}
        </Button>
      </Group>
      <DateField
        label={t('units.validFrom')}
        description={t('units.validFromMore')}
        value={validFrom}
        maw={320}
        onRead={setValidFrom}
      />
      <Answered query={preview}>
        {(read) => (
          <>
            <div>
              <Text fw={600} id="covers">
                {t('units.covers')}
              </Text>
              <SegmentedControl
                aria-labelledby="covers"
                value={covers ?? read.covers}
                data={[
                  { value: 'country', label: t('units.country') },
                  { value: 'provinces', label: t('units.provinces') },
                ]}
                onChange={(value) => setCovers(value === 'country' ? 'country' : 'provinces')}
              />
              <Text c="dimmed" size="sm" mt={4}>
                {(covers ?? read.covers) === 'country'
                  ? t('units.countryMore')
                  : t('units.provincesMore', { names: shown(read.provinces) })}
              </Text>
            </div>
            <UnitPreview read={read} />
            {take.error === null ? null : <Failure error={take.error} />}
            <Group>
              <Button
                disabled={read.errors.length > 0 || read.units === 0 || preview.isFetching}
                loading={take.isPending}
                onClick={() => take.mutate()}
              >
                {t('units.take', { day: read.from === null ? '' : formatDate(read.from) })}
              </Button>
            </Group>
          </>
        )}
      </Answered>
    </Stack>
  );
}

const MOST_NAMES = 5;

function shown(names: readonly string[]): string {
  return names.length > MOST_NAMES ? `${names.slice(0, MOST_NAMES).join(', ')}…` : names.join(', ');
}

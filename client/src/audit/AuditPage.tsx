import { Button, Group, Select, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useLocation, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';

import type { AuditThing } from '../../../domain/wire/audit.ts';
import type { AuditFilter } from '../../../domain/wire/audit.ts';
import { useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { MoreButton } from '../parts/MoreButton.tsx';
import { usePaged } from '../parts/paged.ts';
import { Answered, Failure, Nothing, PageHead } from '../parts/Pages.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { DateField } from '../parts/TimeFields.tsx';
import classes from './audit.module.css';
import { AuditEntry } from './AuditEntry.tsx';
import { auditPlaceOf, readTrail, saveTrail, type AuditPlace, type TrailFormat } from './place.ts';
import { filterOf, type AuditSearch } from './search.ts';

/** The audit trail of one conference, as far as whoever looks may see it. */
export function ConferenceAuditPage() {
  const { conference } = useParams({ from: '/signed-in/shell/conferences/$conference/audit' });
  const search = useSearch({ from: '/signed-in/shell/conferences/$conference/audit' });
  const navigate = useNavigate();
  const account = useMe();
  const { t } = useWords();
  const place = auditPlaceOf(account.data, conference);
  const go = useCallback(
    (next: AuditSearch, named?: string) =>
      void navigate({
        to: '/conferences/$conference/audit',
        params: { conference },
        search: next,
        state: named === undefined ? {} : { named },
      }),
    [navigate, conference],
  );
  if (place === null) {
    return (
      <>
        <PageHead title={t('audit.title')} />
        <Text>{t('audit.notYours')}</Text>
      </>
    );
  }
  return <Trail place={place} search={search} go={go} />;
}

/** The audit trail of the whole installation. */
export function WholeAuditPage() {
  const search = useSearch({ from: '/signed-in/shell/audit' });
  const navigate = useNavigate();
  const go = useCallback(
    (next: AuditSearch, named?: string) =>
      void navigate({ to: '/audit', search: next, state: named === undefined ? {} : { named } }),
    [navigate],
  );
  return <Trail place={{ conference: null, bridge: null }} search={search} go={go} />;
}

interface TrailProps {
  readonly place: AuditPlace;
  readonly search: AuditSearch;
  /** Narrows it down; `named` is what the one thing or person is called. */
  readonly go: (next: AuditSearch, named?: string) => void;
}

function Trail({ place, search, go }: TrailProps) {
  const { t, language } = useWords();
  const [typed, setTyped] = useState('');
  const filter = filterOf(search, typed);
  const trail = usePaged(
    ['audit', place, filter, language],
    (cursor, signal) => readTrail(place, filter, cursor, signal),
    // Each time that it is read is an entry of its own.
    { refetchOnWindowFocus: false, refetchOnReconnect: false },
  );
  const rows = trail.items;
  const showThing = ({ kind, id, name }: AuditThing) => go({ object: `${kind} ${id}` }, name ?? undefined);
  const showDoer = (account: string, name: string) => go({ account }, name);
  return (
    <>
      <PageHead title={t('audit.title')}>
        <Downloads place={place} filter={filter} />
      </PageHead>
      <Text maw="60rem" mb="md">
        {t('audit.about')}
      </Text>
      <Filters search={search} go={go} onType={setTyped} />
      <Answered query={trail.list}>
        {() =>
          rows.length === 0 ? (
            <Nothing title={t('audit.none')}>
              <Text>{t('audit.noneMore')}</Text>
            </Nothing>
          ) : (
            <ol className={classes['rows']} aria-label={t('audit.title')}>
              {rows.map((row) => (
                <AuditEntry key={row.place} row={row} onThing={showThing} onDoer={showDoer} />
              ))}
            </ol>
          )
        }
      </Answered>
      <MoreButton of={trail}>{t('audit.more')}</MoreButton>
    </>
  );
}

function Downloads({ place, filter }: { place: AuditPlace; filter: AuditFilter }) {
  const { t, language } = useWords();
  const formats = ['xlsx', 'csv', 'trail'] as const;
  const save = useMutation({
    mutationFn: (format: TrailFormat) => saveTrail(place, filter, format, language),
  });
  return (
    <>
      {formats.map((format) => (
        <Button
          key={format}
          variant="default"
          loading={save.isPending && save.variables === format}
          disabled={save.isPending}
          onClick={() => save.mutate(format)}
        >
          {t(`audit.file.${format}`)}
        </Button>
      ))}
      {save.error === null ? null : <Failure error={save.error} />}
    </>
  );
}

function Filters({
  search,
  go,
  onType,
}: Pick<TrailProps, 'search' | 'go'> & { readonly onType: (text: string) => void }) {
  const { t } = useWords();
  const named = useLocation({ select: ({ state }) => state.named });
  const { account, object, ...rest } = search;
  const isOne = object !== undefined || account !== undefined;
  const kinds = ['look', 'change', 'refused'] as const;
  const set = (change: Partial<Record<'kind' | 'from' | 'until', string | null>>) => {
    const next = Object.entries({ ...search, ...change }).filter(
      ([, value]) => value != null && value !== '',
    );
    go(Object.fromEntries(next), named);
  };
  return (
    <search className={classes['filters']}>
      {account === undefined ? <SearchField label={t('audit.who')} onSearch={onType} /> : null}
      <Select
        aria-label={t('audit.kind')}
        placeholder={t('audit.kind')}
        clearable
        size="md"
        value={search.kind ?? null}
        data={kinds.map((kind) => ({ value: kind, label: t(`audit.kinds.${kind}`) }))}
        onChange={(kind) => set({ kind })}
      />
      <DateField
        label={t('audit.from')}
        classNames={{ root: classes['day'] ?? '' }}
        value={search.from ?? null}
        onRead={(day) => day !== (search.from ?? null) && set({ from: day })}
      />
      <DateField
        label={t('audit.until')}
        classNames={{ root: classes['day'] ?? '' }}
        value={search.until ?? null}
        onRead={(day) => day !== (search.until ?? null) && set({ until: day })}
      />
      {isOne ? (
        <Group gap="xs" className={classes['only'] ?? ''}>
          <Text role="status">
            {t('audit.only', { name: named ?? object?.split(' ')[1] ?? account ?? '' })}
          </Text>
          <Button variant="default" size="compact-md" onClick={() => go(rest)}>
            {t('audit.all')}
          </Button>
        </Group>
      ) : null}
    </search>
  );
}

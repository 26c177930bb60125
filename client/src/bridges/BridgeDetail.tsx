import { Anchor, Checkbox, Group, NumberInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { READINESS_ITEMS, type ReadinessItem } from '../../../domain/bridges/bridge.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { BodyInput } from '../../../domain/wire/contract.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import { holdsBelow, organizes, ownBridges, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { bridgeOf, sessionsOf } from '../api/queries.ts';
import { Crumbs } from '../parts/Crumbs.tsx';
import { Findings } from '../parts/Findings.tsx';
import { Answered, Failure } from '../parts/Pages.tsx';
import { useSessionOfNow } from '../parts/sessions.ts';
import { ChairField } from './ChairField.tsx';
import { BridgeRoles } from '../access/BridgeRoles.tsx';

interface Props {
  readonly conference: string;
  readonly bridge: BridgeId;
  readonly onChoose: (bridge: BridgeId) => void;
}

/** One bridge: what is given of it, edited where it stands, and what it still lacks. */
export function BridgeDetail({ conference, bridge, onChoose }: Props) {
  const query = useQuery(bridgeOf(conference, bridge));
  const { t } = useWords();
  return (
    <Answered query={query}>
      {({ bridge: row, path, findings }) => (
        <Stack gap="md">
          <Crumbs
            path={path}
            bridge={row.id}
            renderStep={(step) => (
              <Anchor component="button" type="button" mih={24} onClick={() => onChoose(step.id)}>
                {step.name}
              </Anchor>
            )}
          />
          <Title order={2}>{row.name}</Title>
          <Ways conference={conference} row={row} />
          <Editing key={row.id} conference={conference} row={row} />
          {findings.length === 0 ? null : (
            <section aria-label={t('bridges.lacks')}>
              <Title order={3}>{t('bridges.lacks')}</Title>
              <Findings findings={findings} />
            </section>
          )}
        </Stack>
      )}
    </Answered>
  );
}

/** The pages of this bridge. */
function Ways({ conference, row }: { conference: string; row: BridgeRow }) {
  const { t } = useWords();
  const sessions = useQuery(sessionsOf(conference));
  const session = useSessionOfNow(sessions.data?.items);
  const params = { conference, bridge: row.id };
  const account = useMe().data;
  const issues =
    organizes(account, conference) ||
    ownBridges(account, conference).some((grant) => grant.role === 'unit-organizer');
  return (
    <Group gap="4px 24px">
      {session === undefined ? null : (
        <Anchor
          mih={24}
          renderRoot={(props) => (
            <Link
              to="/door/$conference/$session/$bridge"
              params={{ ...params, session: session.id }}
              {...props}
            />
          )}
        >
          {t('bridges.toDoor')}
        </Anchor>
      )}
      <Anchor
        mih={24}
        renderRoot={(props) => (
          <Link to="/conferences/$conference/bridges/$bridge/headcount" params={params} {...props} />
        )}
      >
        {t('bridges.toHeadcount')}
      </Anchor>
      <Anchor
        mih={24}
        renderRoot={(props) => <Link to="/conferences/$conference/live/$bridge" params={params} {...props} />}
      >
        {t('bridges.toLive')}
      </Anchor>
      <Anchor
        mih={24}
        renderRoot={(props) => (
          <Link to="/conferences/$conference/live/$bridge/versions" params={params} {...props} />
        )}
      >
        {t('versions.title')}
      </Anchor>
      {session === undefined ? null : (
        <Anchor
          mih={24}
          renderRoot={(props) => (
            <Link
              to="/summary/$conference/$session/$bridge"
              params={{ ...params, session: session.id }}
              {...props}
            />
          )}
        >
          {t('chairSummary.link')}
        </Anchor>
      )}
      {issues ? (
        <Anchor
          mih={24}
          renderRoot={(props) => (
            <Link to="/conferences/$conference/bridges/$bridge/passes" params={params} {...props} />
          )}
        >
          {t('codes.toPasses')}
        </Anchor>
      ) : null}
      {issues ? (
        <Anchor
          mih={24}
          renderRoot={(props) => (
            <Link to="/conferences/$conference/bridges/$bridge/hosts" params={params} {...props} />
          )}
        >
          {t('hosts.link')}
        </Anchor>
      ) : null}
      {issues ? (
        <Anchor
          mih={24}
          renderRoot={(props) => (
            <Link to="/conferences/$conference/bridges/$bridge/devices" params={params} {...props} />
          )}
        >
          {t('devices.title')}
        </Anchor>
      ) : null}
    </Group>
  );
}

type Change = BodyInput<typeof api.changeBridge>;

/** Everything is kept as soon as a field is left; saving is not a button. */
function Editing({ conference, row }: { conference: string; row: BridgeRow }) {
  const { t } = useWords();
  const account = useMe();
  const queries = useQueryClient();
  const [name, setName] = useState(row.name);
  const [capacity, setCapacity] = useState<number | string>(row.capacity ?? '');
  const [address, setAddress] = useState(row.address ?? '');
  const whole = organizes(account.data, conference);
  const may = whole || ownBridges(account.data, conference).some((grant) => grant.role === 'unit-organizer');
  const change = useMutation({
    mutationFn: (body: Change) => call(api.changeBridge, { params: { conference, bridge: row.id }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['conference', conference] }),
  });
  const seats = capacity === '' ? null : Number(capacity);
  const turn = (item: ReadinessItem, on: boolean) => {
    const others = row.ready.filter((one) => one !== item);
    change.mutate({ ready: on ? [...others, item] : others });
  };
  return (
    <Stack gap="md">
      <TextInput
        label={t('bridges.name')}
        value={name}
        disabled={!may}
        maxLength={300}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={() => {
          if (name.trim() === '') setName(row.name);
          else if (name.trim() !== row.name) change.mutate({ name: name.trim() });
        }}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      <NumberInput
        label={t('bridges.capacity')}
        value={capacity}
        disabled={!may}
        min={0}
        max={100_000}
        allowDecimal={false}
        thousandSeparator="."
        decimalSeparator=","
        onChange={setCapacity}
        onBlur={() => seats !== row.capacity && change.mutate({ capacity: seats })}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      <ChairField
        conference={conference}
        row={row}
        disabled={!whole}
        onChair={(chair) => change.mutate({ chair })}
      />
      <TextInput
        label={t('bridges.address')}
        value={address}
        disabled={!may}
        maxLength={500}
        onChange={(event) => setAddress(event.currentTarget.value)}
        onBlur={() =>
          address.trim() !== (row.address ?? '') && change.mutate({ address: address.trim() || null })
        }
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      <Checkbox.Group label={t('bridges.readiness')} value={row.ready}>
        <Stack gap={0} mt="xs">
          {READINESS_ITEMS.map((item) => (
            <Checkbox
              key={item}
              value={item}
              disabled={!may}
              label={t(`readiness.${item}`)}
              styles={{ body: { alignItems: 'center', minHeight: 44 } }}
              onChange={(event) => turn(item, event.currentTarget.checked)}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <Text c="dimmed" role="status" mih="1.5em">
        {change.isPending ? t('app.saving') : change.isSuccess ? t('app.saved') : ''}
      </Text>
      {change.error === null ? null : <Failure error={change.error} />}
      {holdsBelow(account.data, conference, 'people') ? (
        <BridgeRoles conference={conference} bridge={row.id} mayGive={may} />
      ) : null}
    </Stack>
  );
}

import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useId } from 'react';

import {
  BODY_NAMES,
  RANK_NAMES,
  ROLE_NAMES,
  sayRule,
  SCHOOL_NAMES,
  TIER_NAMES,
  type Name,
} from '../../../domain/composition/describe.ts';
import {
  BODIES,
  RANKS,
  ROLES,
  SCHOOLS,
  TIERS,
  type Rule,
  type Tier,
} from '../../../domain/composition/rule.ts';
import { DEFAULT_SETTINGS } from '../../../domain/composition/settings.ts';
import { assertNever } from '../../../domain/result.ts';
import { useWords } from '../app/language.ts';
import classes from './composition.module.css';

const KINDS = [
  'office',
  'rank',
  'collective-leadership',
  'reporter',
  'staff',
  'grassroots-committees',
  'named-in-plan',
  'listed',
  'others',
] as const satisfies readonly Rule['kind'][];

/** A rule of a kind that asks for as little as one of it can. */
export function emptyRule(kind: Rule['kind']): Rule {
  switch (kind) {
    case 'office':
      return {
        kind,
        roles: ['head', 'deputy'],
        bodies: ['organ'],
        tiers: [],
        schools: [],
        settlements: [],
        within: [],
        former: false,
      };
    case 'rank':
      return { kind, ranks: ['bureau'], equivalents: true, within: [] };
    case 'collective-leadership':
      return { kind, bodies: [], tiers: [] };
    case 'reporter':
      return { kind, tiers: [] };
    case 'named-in-plan':
      return { kind, names: [] };
    case 'listed':
      return { kind, who: '…' };
    case 'staff':
    case 'grassroots-committees':
    case 'others':
      return { kind };
    default:
      return assertNever(kind);
  }
}

interface Props {
  readonly number: number;
  readonly rule: Rule;
  readonly onChange: (rule: Rule) => void;
  readonly onRemove: (() => void) | null;
}

/** One rule in words to choose from. */
export function RuleForm({ number, rule, onChange, onRemove }: Props) {
  const { t, language } = useWords();
  return (
    <Stack component="fieldset" className={classes['rule'] ?? ''} gap="xs">
      <legend>{t('rule.number', { n: number })}</legend>
      <Group align="flex-end">
        <NativeSelect
          label={t('rule.kind')}
          value={rule.kind}
          data={KINDS.map((kind) => ({ value: kind, label: t(`rule.kinds.${kind}`) }))}
          onChange={(event) => onChange(emptyRule(event.currentTarget.value as Rule['kind']))}
        />
        {onRemove === null ? null : (
          <Button variant="default" onClick={onRemove}>
            {t('clauses.remove')}
          </Button>
        )}
      </Group>
      <RuleFields rule={rule} onChange={onChange} />
      <Text c="dimmed" size="sm">
        {sayRule(rule, false, DEFAULT_SETTINGS, language)}
      </Text>
    </Stack>
  );
}

function RuleFields({ rule, onChange }: Pick<Props, 'rule' | 'onChange'>) {
  const { t } = useWords();
  switch (rule.kind) {
    case 'office':
      return (
        <>
          <Choices
            label={t('rule.roles')}
            all={ROLES}
            names={ROLE_NAMES}
            chosen={rule.roles}
            onChange={(roles) => onChange({ ...rule, roles })}
          />
          <Choices
            label={t('rule.bodies')}
            all={BODIES}
            names={BODY_NAMES}
            chosen={rule.bodies}
            least={1}
            onChange={(bodies) => onChange({ ...rule, bodies })}
          />
          <Tiers chosen={rule.tiers} onChange={(tiers) => onChange({ ...rule, tiers })} />
          {rule.bodies.includes('school') ? (
            <Choices
              label={t('rule.schools')}
              all={SCHOOLS}
              names={SCHOOL_NAMES}
              chosen={rule.schools}
              onChange={(schools) => onChange({ ...rule, schools })}
            />
          ) : null}
          <Within within={rule.within} onChange={(within) => onChange({ ...rule, within })} />
          <Checkbox
            label={t('rule.former')}
            checked={rule.former}
            onChange={(event) => onChange({ ...rule, former: event.currentTarget.checked })}
          />
        </>
      );
    case 'rank':
      return (
        <>
          <Choices
            label={t('rule.ranks')}
            all={RANKS}
            names={RANK_NAMES}
            chosen={rule.ranks}
            least={1}
            onChange={(ranks) => onChange({ ...rule, ranks })}
          />
          <Checkbox
            label={t('rule.equivalents')}
            checked={rule.equivalents}
            onChange={(event) => onChange({ ...rule, equivalents: event.currentTarget.checked })}
          />
          <Within within={rule.within} onChange={(within) => onChange({ ...rule, within })} />
        </>
      );
    case 'collective-leadership':
      return (
        <>
          <Choices
            label={t('rule.bodies')}
            all={BODIES}
            names={BODY_NAMES}
            chosen={rule.bodies}
            onChange={(bodies) => onChange({ ...rule, bodies })}
          />
          <Tiers chosen={rule.tiers} onChange={(tiers) => onChange({ ...rule, tiers })} />
        </>
      );
    case 'reporter':
      return <Tiers chosen={rule.tiers} onChange={(tiers) => onChange({ ...rule, tiers })} />;
    case 'listed':
      return (
        <TextInput
          label={t('rule.who')}
          value={rule.who}
          maxLength={300}
          required
          onChange={(event) => onChange({ ...rule, who: event.currentTarget.value || '…' })}
        />
      );
    case 'staff':
    case 'grassroots-committees':
    case 'named-in-plan':
    case 'others':
      return null;
    default:
      return assertNever(rule);
  }
}

function Tiers(props: { chosen: readonly Tier[]; onChange: (chosen: Tier[]) => void }) {
  const { t } = useWords();
  return <Choices label={t('rule.tiers')} all={TIERS} names={TIER_NAMES} {...props} />;
}

/** Some out of a list of words; closed, it says which. */
function Choices<Key extends string>({
  label,
  all,
  names,
  chosen,
  least = 0,
  onChange,
}: {
  label: string;
  all: readonly Key[];
  names: Readonly<Record<Key, Name>>;
  chosen: readonly Key[];
  least?: number;
  onChange: (chosen: Key[]) => void;
}) {
  const { t, language } = useWords();
  const id = useId();
  const said = chosen.map((key) => names[key][language]).join(', ');
  return (
    <details>
      <summary className={classes['link']} id={id}>
        {label}: {said === '' ? t('rule.any') : said}
      </summary>
      <div className={classes['choices']} role="group" aria-labelledby={id}>
        {all.map((key) => (
          <Checkbox
            key={key}
            label={names[key][language]}
            checked={chosen.includes(key)}
            disabled={chosen.length <= least && chosen.includes(key)}
            onChange={(event) =>
              onChange(
                event.currentTarget.checked
                  ? all.filter((one) => one === key || chosen.includes(one))
                  : chosen.filter((one) => one !== key),
              )
            }
          />
        ))}
      </div>
    </details>
  );
}

function Within({ within, onChange }: { within: readonly string[]; onChange: (within: string[]) => void }) {
  const { t } = useWords();
  return (
    <TextInput
      label={t('rule.within')}
      description={t('rule.withinMore')}
      defaultValue={within.join('; ')}
      maxLength={2000}
      onChange={(event) =>
        onChange(
          event.currentTarget.value
            .split(';')
            .map((name) => name.trim().slice(0, 300))
            .filter((name) => name !== ''),
        )
      }
    />
  );
}

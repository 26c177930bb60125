import { Button, Checkbox, Group, NativeSelect, NumberInput, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';

import type { CompositionChange } from '../../../domain/composition/change.ts';
import { sayExclusion, sayRule } from '../../../domain/composition/describe.ts';
import type { Rule } from '../../../domain/composition/rule.ts';
import {
  DEFAULT_SETTINGS,
  type Correction,
  type GivenExclusion,
} from '../../../domain/composition/settings.ts';
import { BRIDGE_CLASSES } from '../../../domain/bridges/bridge.ts';
import { Basis } from '../../../domain/plan/plan.ts';
import type { ClauseForm } from '../../../domain/wire/placement.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import classes from './composition.module.css';
import { emptyRule, RuleForm } from './RuleForm.tsx';

interface Props {
  readonly clause: ClauseForm;
  readonly onClose: () => void;
  readonly propose: (change: CompositionChange) => void;
}

function isSame<Value>(a: Value, b: Value): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const EXCLUSIONS = ['chairs', 'seated-at', 'attended', 'rules'] as const;

/** A clause as a form made of words: who, of what, except whom, on what ground, how many. The sentence follows as one chooses. */
export function ClauseEditor({ clause, onClose, propose }: Props) {
  const { t, language } = useWords();
  const [rules, setRules] = useState<readonly Rule[]>(clause.rules);
  const [exclusions, setExclusions] = useState<readonly GivenExclusion[]>(clause.exclusions);
  const [basis, setBasis] = useState(clause.basis);
  const [isQuota, setIsQuota] = useState(clause.quota !== null);
  const [seats, setSeats] = useState(clause.quota ?? 1);
  const quota = isQuota ? seats : null;
  const said = rules.map((rule) => sayRule(rule, isQuota, DEFAULT_SETTINGS, language)).join('; ');
  const out = exclusions
    .map((one) => sayExclusion({ ...one, words: '' }, DEFAULT_SETTINGS, language))
    .join('; ');
  const correction: Correction = {
    ...(basis === clause.basis && !clause.given ? {} : { basis }),
    ...(quota === clause.quota && !clause.given ? {} : { quota }),
    ...(isSame(exclusions, clause.exclusions) && !clause.given ? {} : { exclusions: [...exclusions] }),
  };
  const change: CompositionChange = {
    kind: 'clause',
    clause: clause.clause,
    rules: isSame(rules, clause.rules) && !clause.given ? null : [...rules],
    correction: Object.keys(correction).length === 0 ? null : correction,
  };
  const isUnchanged =
    isSame(rules, clause.rules) &&
    isSame(exclusions, clause.exclusions) &&
    basis === clause.basis &&
    quota === clause.quota;
  return (
    <Dialog title={t('clauses.editOf', { clause: clause.clause })} onClose={onClose}>
      <Stack>
        <blockquote className={classes['passage']}>{clause.text}</blockquote>
        <Title order={3} size="h5">
          {t('clauses.who')}
        </Title>
        {rules.map((rule, at) => (
          <RuleForm
            // Rules have no names: a place is what one is told by.
            // oxlint-disable-next-line react/no-array-index-key
            key={at}
            number={at + 1}
            rule={rule}
            onChange={(next) => setRules(rules.map((one, index) => (index === at ? next : one)))}
            onRemove={rules.length > 1 ? () => setRules(rules.filter((_, index) => index !== at)) : null}
          />
        ))}
        <Button variant="default" onClick={() => setRules([...rules, emptyRule('office')])}>
          {t('clauses.addRule')}
        </Button>

        <Title order={3} size="h5">
          {t('clauses.except')}
        </Title>
        {exclusions.map((exclusion, at) => (
          // oxlint-disable-next-line react/no-array-index-key
          <Stack key={at} gap="xs" className={classes['rule'] ?? ''}>
            <Group align="flex-end">
              <NativeSelect
                label={t('clauses.exceptWho', { n: at + 1 })}
                value={exclusion.kind}
                data={EXCLUSIONS.map((kind) => ({ value: kind, label: t(`exclusion.${kind}`) }))}
                onChange={(event) => {
                  const next = emptyExclusion(event.currentTarget.value as GivenExclusion['kind']);
                  setExclusions(exclusions.map((one, index) => (index === at ? next : one)));
                }}
              />
              <Button
                variant="default"
                onClick={() => setExclusions(exclusions.filter((_, index) => index !== at))}
              >
                {t('clauses.remove')}
              </Button>
            </Group>
            {exclusion.kind === 'seated-at' ? (
              <NativeSelect
                label={t('exclusion.where')}
                value={exclusion.bridgeClass ?? ''}
                data={[
                  { value: '', label: t('exclusion.anywhere') },
                  ...Object.entries(BRIDGE_CLASSES).map(([value, words]) => ({
                    value,
                    label: words[language],
                  })),
                ]}
                onChange={(event) => {
                  const bridgeClass = (event.currentTarget.value || null) as typeof exclusion.bridgeClass;
                  setExclusions(
                    exclusions.map((one, index) => (index === at ? { ...exclusion, bridgeClass } : one)),
                  );
                }}
              />
            ) : null}
            {exclusion.kind === 'rules'
              ? exclusion.rules.map((rule, of) => (
                  <RuleForm
                    // oxlint-disable-next-line react/no-array-index-key
                    key={of}
                    number={of + 1}
                    rule={rule}
                    onRemove={null}
                    onChange={(next) => {
                      const changed = exclusion.rules.map((one, index) => (index === of ? next : one));
                      setExclusions(
                        exclusions.map((one, index) =>
                          index === at ? { ...exclusion, rules: changed } : one,
                        ),
                      );
                    }}
                  />
                ))
              : null}
          </Stack>
        ))}
        <Button variant="default" onClick={() => setExclusions([...exclusions, { kind: 'chairs' }])}>
          {t('clauses.addExcept')}
        </Button>

        <NativeSelect
          label={t('clauses.basis')}
          value={basis}
          data={Basis.options.map((value) => ({ value, label: t(`basis.${value}`) }))}
          onChange={(event) => setBasis(Basis.parse(event.currentTarget.value))}
        />
        <Checkbox
          checked={isQuota}
          label={t('clauses.isQuota')}
          onChange={(event) => setIsQuota(event.currentTarget.checked)}
        />
        {isQuota ? (
          <NumberInput
            label={t('clauses.seats')}
            description={t('clauses.seatsMore')}
            min={0}
            max={10_000}
            allowDecimal={false}
            value={seats}
            onChange={(value) => setSeats(Number(value) || 0)}
          />
        ) : null}
        <Text role="status" fw={600}>
          {t('clauses.reads')} {said}. {out === '' ? '' : `${t('clauses.exceptSaid')} ${out}.`}
        </Text>
        <Group justify="flex-end">
          {clause.given ? (
            <Button
              variant="default"
              onClick={() =>
                propose({ kind: 'clause', clause: clause.clause, rules: null, correction: null })
              }
            >
              {t('clauses.asWritten')}
            </Button>
          ) : null}
          <Button disabled={isUnchanged} onClick={() => propose(change)}>
            {t('effect.see')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function emptyExclusion(kind: GivenExclusion['kind']): GivenExclusion {
  switch (kind) {
    case 'seated-at':
      return { kind, bridgeClass: null };
    case 'rules':
      return { kind, rules: [emptyRule('office')] };
    default:
      return { kind };
  }
}

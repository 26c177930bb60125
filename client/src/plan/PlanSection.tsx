import { ActionIcon, Button, Group } from '@mantine/core';
import type { Deed } from '../../../domain/plan/deed.ts';
import { at } from '../../../domain/plan/shape.ts';
import type { WorkingCopy } from '../../../domain/plan/working-copy.ts';
import { useWords } from '../app/language.ts';
import { CrossIcon, DownIcon, UpIcon } from '../parts/icons.tsx';
import {
  type Field,
  type Group as FieldGroup,
  isShownEmpty,
  labelOf,
  type SectionOfPlan,
  valueAt,
} from './fields.ts';
import { type FieldDeeds, FieldRow } from './FieldRow.tsx';
import classes from './plan.module.css';

interface Props {
  readonly section: SectionOfPlan;
  readonly copy: WorkingCopy;
  readonly lit: string | null;
  readonly edited: string | null;
  readonly deeds: FieldDeeds | null;
  readonly act: ((deed: Deed) => void) | null;
  readonly onLight: (path: string | null) => void;
}

/** One section of the plan: its fields, or the entries of its list. */
export function PlanSection(props: Props) {
  const { t } = useWords();
  const { section, copy, act, deeds } = props;
  const { list, groups } = section;
  const entries = list === null ? 0 : (at(copy, list) as readonly unknown[]).length;
  return (
    <>
      {groups.map((group) => (
        <Entry key={group.entry ?? 'head'} {...props} group={group} entries={entries} />
      ))}
      {list === null || act === null ? null : (
        <Button
          variant="default"
          data-list={list}
          onClick={() => {
            act({ do: 'add', list, at: entries, value: null });
            deeds?.edit(wordsPath(list, entries));
          }}
        >
          {t(`plan.add.${list as 'clauses'}`)}
        </Button>
      )}
    </>
  );
}

const WORDS: Readonly<Record<string, string>> = {
  clauses: '.text',
  agenda: '.title',
  duties: '.owner',
  recipients: '.name',
};

function wordsPath(list: string, index: number): string {
  return `${list}.${index}${WORDS[list] ?? ''}`;
}

function Entry({
  group,
  entries,
  section,
  copy,
  lit,
  edited,
  deeds,
  act,
  onLight,
}: Props & { readonly group: FieldGroup; readonly entries: number }) {
  const { t } = useWords();
  const { entry, fields } = group;
  const shown = fields.filter(
    (field) => field.leaf.value !== null || isShownEmpty(field) || field.path === edited,
  );
  const hidden = fields.filter((field) => !shown.includes(field));
  const row = (field: Field) => (
    <FieldRow
      key={field.path}
      field={field}
      isLit={lit === field.path}
      isEdited={edited === field.path}
      onLight={onLight}
      deeds={deeds}
    />
  );
  return (
    <div className={classes['group']} data-one={fields.length === 1 || undefined}>
      {entry === null ? null : (
        <div className={classes['entryHead']}>
          <h3>{section.section === 'clauses' ? clauseName(copy, entry) : labelOf(entry, t)}</h3>
          {act === null ? null : <EntryDeeds entry={entry} entries={entries} copy={copy} act={act} />}
        </div>
      )}
      {shown.map(row)}
      {deeds === null || (hidden.length === 0 && section.section !== 'clauses') ? null : (
        <Group gap={4} py={4}>
          {hidden.map(({ path, name }) => (
            <Button
              key={path}
              variant="subtle"
              size="compact-md"
              h={44}
              px={8}
              onClick={() => deeds.edit(path)}
            >
              {t('plan.addField', { field: withSmallLetter(t(`field.${name}`)) })}
            </Button>
          ))}
          {section.section !== 'clauses' || entry === null ? null : (
            <Button
              variant="subtle"
              size="compact-md"
              h={44}
              px={8}
              onClick={() => {
                const list = `${entry}.exclusions`;
                const index = (at(copy, list) as readonly unknown[]).length;
                act?.({ do: 'add', list, at: index, value: null });
                deeds.edit(`${list}.${index}`);
              }}
            >
              {t('plan.addExclusion')}
            </Button>
          )}
        </Group>
      )}
    </div>
  );
}

/** A label as it stands inside a sentence. */
function withSmallLetter(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}

function clauseName(copy: WorkingCopy, entry: string): string {
  const id = at(copy, `${entry}.id`);
  return typeof id === 'string' ? id : '';
}

/** Up, down, out. */
function EntryDeeds({
  entry,
  entries,
  copy,
  act,
}: {
  readonly entry: string;
  readonly entries: number;
  readonly copy: WorkingCopy;
  readonly act: (deed: Deed) => void;
}) {
  const { t } = useWords();
  const [list = '', place = '0'] = entry.split('.');
  const index = Number(place);
  const name = labelOf(entry, t);
  return (
    <span className={classes['buttons']}>
      {index === 0 ? null : (
        <ActionIcon
          aria-label={t('plan.up', { entry: name })}
          onClick={() => act({ do: 'move', list, from: index, to: index - 1 })}
        >
          <UpIcon />
        </ActionIcon>
      )}
      {index >= entries - 1 ? null : (
        <ActionIcon
          aria-label={t('plan.down', { entry: name })}
          onClick={() => act({ do: 'move', list, from: index, to: index + 1 })}
        >
          <DownIcon />
        </ActionIcon>
      )}
      <ActionIcon
        aria-label={t('plan.remove', { entry: name })}
        onClick={() => act({ do: 'remove', path: entry, was: valueAt(copy, entry) })}
      >
        <CrossIcon />
      </ActionIcon>
    </span>
  );
}

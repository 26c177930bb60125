import { Text, Title } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import type { Deed } from '../../../domain/plan/deed.ts';
import { isLeaf, at, type Value } from '../../../domain/plan/shape.ts';
import { fieldsToLookAt } from '../../../domain/plan/to-look-at.ts';
import { needsLook, type WorkingCopy } from '../../../domain/plan/working-copy.ts';
import type { Draft } from '../../../domain/wire/drafts.ts';
import { useWords } from '../app/language.ts';
import { KeysHelp } from '../parts/KeysHelp.tsx';
import { sectionsOf, valueAt } from './fields.ts';
import { type FieldDeeds, idOf } from './FieldRow.tsx';
import { Leftovers } from './Leftovers.tsx';
import classes from './plan.module.css';
import { PlanSection } from './PlanSection.tsx';
import { TextPane } from './TextPane.tsx';
import { ToSee } from './ToSee.tsx';
import { usePlanKeys } from './usePlanKeys.ts';

const KEYS = [
  ['n, p', 'next'],
  ['↑ ↓', 'rows'],
  ['Enter', 'accept'],
  ['e', 'edit'],
  ['Delete', 'clear'],
  ['u', 'undo'],
  ['r', 'redo'],
  ['Esc', 'leave'],
] as const;

interface Props {
  readonly copy: WorkingCopy;
  readonly text: string | null;
  readonly findings: Draft['findings'];
  /** Null where the plan is not the caller's to change. */
  readonly act: ((deed: Deed) => void) | null;
  readonly onUndo?: () => void;
  readonly onRedo?: () => void;
}

/** Left the document, right what was understood; looking at one lights the other. What is doubtful comes first. */
export function DraftView({ copy, text, findings, act, onUndo, onRedo }: Props) {
  const { t } = useWords();
  const [lit, setLit] = useState<{ path: string | null; by: 'text' | 'plan' }>({ path: null, by: 'plan' });
  const [edited, setEdited] = useState<string | null>(null);
  /** Which of the two a phone shows. */
  const [tab, setTab] = useState<'text' | 'plan'>('plan');
  const [helps, setHelps] = useState(false);
  const sections = useMemo(() => sectionsOf(copy), [copy]);
  const toLookAt = useMemo(() => fieldsToLookAt(copy), [copy]);
  const passages = useMemo(() => passagesOf(copy), [copy]);
  const lightFromPlan = useCallback((path: string | null) => setLit({ path, by: 'plan' }), []);
  const lightFromText = useCallback((path: string | null) => setLit({ path, by: 'text' }), []);
  const lead = useCallback((path: string) => {
    setTab('plan');
    // The row may only come into being with this.
    requestAnimationFrame(() => focusOn(path));
  }, []);

  const latest = useRef({ copy, act });
  useEffect(() => {
    latest.current = { copy, act };
  });
  const deeds = useMemo<FieldDeeds | null>(() => {
    if (act === null) return null;
    const was = (path: string): Value => valueAt(latest.current.copy, path);
    return {
      set: (path, value) => latest.current.act?.({ do: 'set', path, was: was(path), value }),
      accept: (path) => {
        const open = fieldsToLookAt(latest.current.copy);
        latest.current.act?.({ do: 'accept', path, was: was(path) });
        // On to the next that waits, so that a plan is gone through with one key.
        const next = open[open.indexOf(path) + 1] ?? path;
        requestAnimationFrame(() => focusOn(next));
      },
      edit: setEdited,
    };
    // Whether there is anything to do, and not by which function.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [act === null]);

  usePlanKeys({
    toLookAt,
    deeds,
    isOpen: (path) => {
      const leaf = at(copy, path);
      return isLeaf(leaf) && needsLook(path, leaf);
    },
    onLead: lead,
    onUndo,
    onRedo,
    onHelp: () => setHelps(true),
  });

  return (
    <>
      {text === null ? null : (
        <div className={classes['tabs']} role="group" aria-label={t('plan.show')}>
          {(['text', 'plan'] as const).map((each) => (
            <button key={each} type="button" aria-pressed={tab === each} onClick={() => setTab(each)}>
              {t(each === 'text' ? 'plan.document' : 'plan.title')}
            </button>
          ))}
        </div>
      )}
      <div className={classes['panes']} data-alone={text === null || undefined} data-tab={tab}>
        {text === null ? null : (
          <TextPane
            text={text}
            fields={passages}
            lit={lit.path}
            litBy={lit.by}
            onLight={lightFromText}
            onChoose={lead}
          />
        )}
        <div className={classes['plan']}>
          <ToSee copy={copy} toLookAt={toLookAt} findings={findings} onLight={lightFromPlan} onLead={lead} />
          {act === null ? null : (
            <Text c="dimmed" size="sm" mb="sm" className={classes['hint'] ?? ''}>
              {t('plan.keysHint')}
            </Text>
          )}
          {sections.map((section) => (
            <section
              key={section.section}
              className={classes['section']}
              aria-labelledby={`section-${section.section}`}
            >
              <Title order={2} id={`section-${section.section}`}>
                {t(`section.${section.section}`)}
              </Title>
              <PlanSection
                section={section}
                copy={copy}
                lit={lit.path}
                edited={edited}
                deeds={deeds}
                act={act}
                onLight={lightFromPlan}
              />
            </section>
          ))}
          <Leftovers copy={copy} lit={lit.path} onLight={lightFromPlan} act={act} />
        </div>
      </div>
      {helps ? (
        <KeysHelp
          title={t('plan.keys.title')}
          keys={KEYS.map(([key, does]) => [key, t(`plan.keys.${does}`)])}
          onClose={() => setHelps(false)}
        />
      ) : null}
    </>
  );
}

/** Goes to the row of a field; a check may speak of a whole clause or list, then to the first field of it. */
function focusOn(path: string): void {
  const row =
    document.getElementById(idOf(path)) ??
    document.querySelector<HTMLElement>(`[id^="${idOf(path)}-"]`) ??
    document.querySelector<HTMLElement>(`[data-list="${path.split('.')[0]}"]`);
  row?.scrollIntoView({ block: 'center' });
  row?.focus({ preventScroll: true });
}

/** What the text pane lights: fields with their passages, and what was left over and nobody has settled. */
function passagesOf(copy: WorkingCopy) {
  const fields = sectionsOf(copy).flatMap(({ groups }) => groups.flatMap((group) => group.fields));
  return [
    ...fields.map(({ path, leaf }) => ({
      path,
      source: leaf.source,
      open: needsLook(path, leaf),
      left: false,
    })),
    ...copy.leftovers.flatMap(({ source, fate }, index) =>
      fate === 'placed'
        ? []
        : [{ path: `leftovers.${index}`, source: [source], open: false, left: fate === 'open' }],
    ),
  ];
}

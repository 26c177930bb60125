import { Alert, Button, Group, Stack, Text } from '@mantine/core';

import { formatTime } from '../../../domain/text/dates.ts';
import type { Deed, Reverting } from '../../../domain/plan/deed.ts';
import type { Draft } from '../../../domain/wire/drafts.ts';
import { useWords, type Words } from '../app/language.ts';
import { sentenceOf } from '../parts/sentences.ts';
import { labelOf, valueAt, wordsOf } from './fields.ts';
import classes from './plan.module.css';
import type { Unsaved } from './useDraft.ts';

interface Props {
  readonly draft: Draft;
  readonly saving: boolean;
  readonly unsaved: Unsaved | null;
  readonly act: (deed: Deed | Reverting) => void;
  readonly onForget: () => void;
}

/** Taking back and doing again, whether all is saved, and who else has just worked on the plan. */
export function SaveLine({ draft, saving, unsaved, act, onForget }: Props) {
  const { t } = useWords();
  const { undo, redo } = draft;
  const last = draft.steps[0];
  const said = saving
    ? t('app.saving')
    : last === undefined
      ? t('plan.savesItself')
      : last.own
        ? t('app.saved')
        : t('plan.byOther', {
            who: last.by ?? t('plan.somebody'),
            what: labelOf(last.deed.path, t),
            at: formatTime(last.at),
          });
  return (
    <Stack gap="xs" mb="sm">
      <Group gap="xs">
        <Button
          variant="default"
          className={classes['taking'] ?? ''}
          disabled={undo === null}
          onClick={() => act({ do: 'undo' })}
        >
          {undo === null ? t('plan.undo') : t('plan.undoIt', { what: labelOf(undo.path, t) })}
        </Button>
        <Button
          variant="default"
          className={classes['taking'] ?? ''}
          disabled={redo === null}
          onClick={() => act({ do: 'redo' })}
        >
          {t('plan.redo')}
        </Button>
        <Text c="dimmed" role="status" className={classes['status'] ?? ''}>
          {said}
        </Text>
      </Group>
      {unsaved === null ? null : <NotSaved draft={draft} unsaved={unsaved} act={act} onForget={onForget} />}
    </Stack>
  );
}

/** What was not saved stays here until somebody says what is to become of it. */
function NotSaved({ draft, unsaved, act, onForget }: Omit<Props, 'saving'> & { readonly unsaved: Unsaved }) {
  const { t, language } = useWords();
  const { deed, error, overtaken } = unsaved;
  const wordsAt = (path: string, value: unknown) => wordsOf(path, value, t, language) ?? t('plan.leftEmpty');
  const again = againOf(deed, draft);
  return (
    <Alert color="orange" variant="outline" role="alert">
      <Stack gap="xs" align="flex-start">
        <Text fw={600}>{subjectOf(deed, t)}</Text>
        <Text>{sentenceOf(error, t)}</Text>
        {deed.do === 'set' ? (
          <>
            <Text>{t('plan.theirs', { words: wordsAt(deed.path, valueAt(draft.copy, deed.path)) })}</Text>
            <Text>{t('plan.yours', { words: wordsAt(deed.path, deed.value) })}</Text>
          </>
        ) : null}
        <Group gap="xs">
          {again === null ? null : (
            <Button onClick={() => act(again)}>{t(overtaken ? 'plan.takeMine' : 'app.retry')}</Button>
          )}
          <Button variant="default" onClick={onForget}>
            {t('plan.keepTheirs')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function subjectOf(deed: Deed | Reverting, t: Words): string {
  if ('path' in deed) return labelOf(deed.path, t);
  if ('list' in deed) return labelOf(deed.list, t);
  return t('plan.title');
}

/** The same deed once more, knowing what stands there now. */
function againOf(deed: Deed | Reverting, draft: Draft): Deed | Reverting | null {
  if (deed.do === 'undo' || deed.do === 'redo') return null;
  if (deed.do === 'set' || deed.do === 'accept' || deed.do === 'remove')
    return { ...deed, was: valueAt(draft.copy, deed.path) };
  return deed;
}

import { useState } from 'react';

import { useWords } from '../app/language.ts';
import { Dialog } from './Dialog.tsx';
import classes from './KeysHelp.module.css';
import { useHelpKey } from './keys.ts';

interface Props {
  readonly title: string;
  /** Each key as it is written on it, and what it does. */
  readonly keys: readonly (readonly [key: string, does: string])[];
  readonly onClose: () => void;
}

/** What the keys of a page do. */
export function KeysHelp({ title, keys, onClose }: Props) {
  return (
    <Dialog title={title} onClose={onClose}>
      <dl className={classes['keys']}>
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

/** `?` on a page that is a list with its search. */
export function ListKeysHelp() {
  const { t } = useWords();
  const [asked, setAsked] = useState(false);
  useHelpKey(() => setAsked(true));
  if (!asked) return null;
  return (
    <KeysHelp
      title={t('listKeys.title')}
      keys={[
        ['/', t('listKeys.search')],
        ['↑ ↓', t('listKeys.arrows')],
        ['Enter', t('listKeys.open')],
        ['Esc', t('listKeys.leave')],
      ]}
      onClose={() => setAsked(false)}
    />
  );
}

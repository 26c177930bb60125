import type { ReactNode } from 'react';

import type { BridgeId } from '../../../domain/ids.ts';
import { useWords } from '../app/language.ts';
import classes from './Crumbs.module.css';

interface Step {
  readonly id: BridgeId;
  readonly name: string;
}

interface Props {
  /** The bridge itself and the way up to the root, as the server gives it. */
  readonly path: readonly Step[];
  readonly bridge: string;
  /** A link or a button that leads to a bridge above. */
  readonly renderStep: (step: Step) => ReactNode;
}

/** The bridges above one, from the top down. Keeps its height while the path is on its way. */
export function Crumbs({ path, bridge, renderStep }: Props) {
  const { t } = useWords();
  const above = path.filter((step) => step.id !== bridge).toReversed();
  const own = path.find((step) => step.id === bridge);
  return (
    <nav aria-label={t('bridges.path')} className={classes['path']}>
      {above.map((step) => (
        <span key={step.id}>
          {renderStep(step)}
          {' › '}
        </span>
      ))}
      <span aria-current="page">{own?.name}</span>
    </nav>
  );
}

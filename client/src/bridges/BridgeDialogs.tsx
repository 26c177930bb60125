import type { BridgeId } from '../../../domain/ids.ts';
import { useWords } from '../app/language.ts';
import { KeysHelp } from '../parts/KeysHelp.tsx';
import { AddBridge } from './AddBridge.tsx';
import type { Asked, DialogProps } from './asked.ts';
import { BridgeChanges } from './BridgeChanges.tsx';
import { ChangeMany } from './ChangeMany.tsx';
import { MoveBridge } from './MoveBridge.tsx';
import { RemoveBridge } from './RemoveBridge.tsx';

/** The one dialog that is open, or none. */
export function BridgeDialogs({
  asked,
  onChoose,
  ...common
}: DialogProps & { readonly asked: Asked | null; readonly onChoose: (bridge: BridgeId) => void }) {
  if (asked === null) return null;
  switch (asked.kind) {
    case 'move':
      return <MoveBridge {...common} node={asked.node} to={asked.to} onMoved={onChoose} />;
    case 'add':
      return <AddBridge {...common} under={asked.under} onAdded={onChoose} />;
    case 'remove':
      return <RemoveBridge {...common} node={asked.node} />;
    case 'many':
      return <ChangeMany {...common} places={asked.places} />;
    case 'changes':
      return <BridgeChanges {...common} />;
    case 'keys':
      return <Keys onClose={common.onClose} />;
    default:
      return null;
  }
}

const KEYS = [
  'search',
  'arrows',
  'fold',
  'all',
  'ends',
  'letters',
  'open',
  'edit',
  'move',
  'add',
  'remove',
] as const;

function Keys({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  return (
    <KeysHelp
      title={t('bridges.keysTitle')}
      keys={KEYS.map((key) => [t(`bridges.keyNames.${key}`), t(`bridges.keyDeeds.${key}`)])}
      onClose={onClose}
    />
  );
}

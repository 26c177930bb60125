import { Table } from '@mantine/core';

import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';

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

/** What the keys of the plan do. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  return (
    <Dialog title={t('plan.keys.title')} onClose={onClose}>
      <Table>
        <Table.Tbody>
          {KEYS.map(([key, does]) => (
            <Table.Tr key={key}>
              <Table.Th scope="row">
                <kbd>{key}</kbd>
              </Table.Th>
              <Table.Td>{t(`plan.keys.${does}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Dialog>
  );
}

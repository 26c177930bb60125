import { Drawer, Modal } from '@mantine/core';
import type { ReactNode } from 'react';

import { useWords } from '../app/language.ts';

export interface DialogProps {
  readonly title: string;
  /** Has room for a form of two columns. */
  readonly isWide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The library's head of a dialog is a `header`, which readers take for a second banner of the page. */
function plainHead(props: Record<string, unknown>) {
  return <div {...props} />;
}

/** A question that waits for an answer; Esc and the cross leave everything as it was. */
export function OpenDialog({ title, isWide = false, onClose, children }: DialogProps) {
  const { t } = useWords();
  return (
    <Modal.Root opened onClose={onClose} centered {...(isWide && { size: 'xl' })}>
      <Modal.Overlay />
      <Modal.Content radius="md">
        <Modal.Header renderRoot={plainHead}>
          <Modal.Title fw={600} fz="lg" lh={1.45}>
            {title}
          </Modal.Title>
          <Modal.CloseButton size={44} aria-label={t('app.close')} />
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** What stands beside on a wide screen, from below on a phone. */
export function OpenSheet({ title, onClose, children }: DialogProps) {
  const { t } = useWords();
  return (
    <Drawer.Root opened onClose={onClose} position="bottom" size="88%">
      <Drawer.Overlay />
      <Drawer.Content>
        <Drawer.Header renderRoot={plainHead}>
          <Drawer.Title fw={600}>{title}</Drawer.Title>
          <Drawer.CloseButton size={44} aria-label={t('app.close')} />
        </Drawer.Header>
        <Drawer.Body>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

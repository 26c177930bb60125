import { Button, FileButton, Loader, Stack, Text } from '@mantine/core';
import { type DragEvent, useState } from 'react';

import { useWords } from '../app/language.ts';
import classes from './FileDrop.module.css';

interface Props {
  /** What to bring, in a sentence. */
  readonly invitation: string;
  /** `.docx,.txt` */
  readonly accept: string;
  /** Said while the file is at work; null while none is. */
  readonly working: string | null;
  readonly onFile: (file: File) => void;
}

/** A place to drop a file, or to choose one with keyboard, mouse or finger. */
export function FileDrop({ invitation, accept, working, onFile }: Props) {
  const { t } = useWords();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined && working === null) onFile(file);
  };
  return (
    <section
      className={classes['drop']}
      data-over={over || undefined}
      aria-label={invitation}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Stack align="center" gap="sm">
        <Text ta="center" size="lg">
          {invitation}
        </Text>
        <FileButton accept={accept} onChange={(file) => file !== null && onFile(file)}>
          {(props) => (
            <Button {...props} disabled={working !== null}>
              {t('file.choose')}
            </Button>
          )}
        </FileButton>
        <Text c="dimmed" size="sm" mih="1.5em" role="status">
          {working === null ? t('file.orDrop') : working} {working === null ? null : <Loader size="xs" />}
        </Text>
      </Stack>
    </section>
  );
}

import { Anchor, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';

import { PAPER_TYPES } from '../../../domain/papers/kind.ts';
import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatBytes } from '../../../domain/text/numbers.ts';
import { paperContracts, type Paper } from '../../../domain/wire/papers.ts';
import { urlOf } from '../../../domain/wire/request.ts';
import { holdsWhole, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { call, fileOf } from '../api/call.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { FileDrop } from '../parts/FileDrop.tsx';
import { Answered, Failure, Nothing, PageHead } from '../parts/Pages.tsx';
import { PlainList } from '../parts/PlainList.tsx';
import classes from './papers.module.css';

const ACCEPT = [...Object.keys(PAPER_TYPES), 'jpeg'].map((ending) => `.${ending}`).join(',');

/** Papers (tài liệu) of a conference: added and taken away by whoever organizes it, read by all others. */
export function PapersPage() {
  const { t } = useWords();
  const { conference } = useParams({ from: '/signed-in/shell/conferences/$conference/papers' });
  const mayChange = holdsWhole(useMe().data, conference, 'organize');
  const papers = useQuery({
    queryKey: ['conference', conference, 'papers'],
    queryFn: ({ signal }) => call(paperContracts.papers, { params: { conference } }, signal),
  });
  return (
    <>
      <PageHead title={t('papers.title')} />
      <Text maw="60rem" mb="md">
        {t('papers.about')}
      </Text>
      {mayChange ? <AddPaper conference={conference} /> : null}
      <Answered query={papers}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing title={t('papers.none')}>
              <Text>{t(mayChange ? 'papers.noneMore' : 'papers.noneYet')}</Text>
            </Nothing>
          ) : (
            <PaperList conference={conference} papers={items} mayChange={mayChange} />
          )
        }
      </Answered>
    </>
  );
}

function AddPaper({ conference }: { readonly conference: string }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: async (file: File) =>
      call(paperContracts.addPaper, { params: { conference }, body: await fileOf(file) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['conference', conference, 'papers'] }),
  });
  return (
    <>
      <FileDrop
        invitation={t('papers.invitation')}
        accept={ACCEPT}
        working={add.isPending ? t('papers.adding', { name: add.variables.name }) : null}
        onFile={(file) => add.mutate(file)}
      />
      {add.error === null ? null : <Failure error={add.error} />}
      <Text role="status" mih="1.5em" my="xs">
        {add.data === undefined ? '' : t('papers.added', { name: add.data.name })}
      </Text>
    </>
  );
}

interface ListProps {
  readonly conference: string;
  readonly papers: readonly Paper[];
  readonly mayChange: boolean;
}

function PaperList({ conference, papers, mayChange }: ListProps) {
  const { t, language } = useWords();
  const [asked, setAsked] = useState<Paper | null>(null);
  return (
    <>
      <PlainList label={t('papers.list')}>
        {papers.map((paper) => {
          const { id, name, size, addedAt } = paper;
          return (
            <li key={id}>
              <div>
                <Anchor
                  className={classes['file'] ?? ''}
                  download
                  href={urlOf(paperContracts.paperFile, { params: { conference, paper: id } })}
                >
                  {name}
                </Anchor>
                <Text c="dimmed" size="sm">
                  {formatBytes(size, language)}
                  {' · '}
                  {t('papers.addedAt', { at: formatDateTime(addedAt, language) })}
                </Text>
              </div>
              {mayChange ? (
                <Button
                  variant="default"
                  aria-label={t('papers.removeOf', { name })}
                  onClick={() => setAsked(paper)}
                >
                  {t('papers.remove')}
                </Button>
              ) : null}
            </li>
          );
        })}
      </PlainList>
      {asked === null ? null : (
        <RemovePaper conference={conference} paper={asked} onClose={() => setAsked(null)} />
      )}
    </>
  );
}

interface RemoveProps {
  readonly conference: string;
  readonly paper: Paper;
  readonly onClose: () => void;
}

function RemovePaper({ conference, paper: { id, name }, onClose }: RemoveProps) {
  const { t } = useWords();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => call(paperContracts.removePaper, { params: { conference, paper: id } }),
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: ['conference', conference, 'papers'] }),
  });
  return (
    <Dialog title={t('papers.removeAsk')} onClose={onClose}>
      <Text mb="md">{t('papers.removeMore', { name })}</Text>
      {remove.error === null ? null : <Failure error={remove.error} />}
      <Group gap="sm">
        <Button loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('papers.remove')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('papers.keep')}
        </Button>
      </Group>
    </Dialog>
  );
}

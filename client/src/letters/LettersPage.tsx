import { Button, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';

import { TEMPLATE_KINDS } from '../../../domain/letters/template.ts';
import { letterContracts } from '../../../domain/wire/letters.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Answered, PageHead } from '../parts/Pages.tsx';
import { lettersKey } from './letters.ts';
import { TemplateEditor } from './TemplateEditor.tsx';

const FROM = '/signed-in/shell/conferences/$conference/letters';

/** Words of the letters (mẫu thư) to those who are invited, kind by kind, as they will look. */
export function LettersPage() {
  const { t } = useWords();
  const { conference } = useParams({ from: FROM });
  const { kind = 'summons' } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/conferences/$conference/letters' });
  const templates = useQuery({
    queryKey: lettersKey(conference),
    queryFn: ({ signal }) => call(letterContracts.letterTemplates, { params: { conference } }, signal),
    // What is being written must not be taken away by what is read anew.
    refetchOnWindowFocus: false,
  });
  return (
    <>
      <PageHead title={t('letters.title')}>
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link to="/conferences/$conference/invitations" params={{ conference }} {...props} />
          )}
        >
          {t('letters.toInvitations')}
        </Button>
      </PageHead>
      <Text maw="60rem" mb="md">
        {t('letters.about')}
      </Text>
      <Answered query={templates}>
        {({ items }) => {
          const standing = items.find((one) => one.kind === kind);
          return (
            <>
              <NativeSelect
                label={t('letters.kind')}
                maw="28rem"
                mb="md"
                value={kind}
                data={TEMPLATE_KINDS.map((one) => ({
                  value: one,
                  label:
                    items.find((each) => each.kind === one)?.isOwn === true
                      ? t('letters.ownKind', { kind: t(`letters.kinds.${one}`) })
                      : t(`letters.kinds.${one}`),
                }))}
                onChange={({ currentTarget: { value } }) => {
                  const next = TEMPLATE_KINDS.find((one) => one === value);
                  void navigate({ search: next === undefined ? {} : { kind: next }, replace: true });
                }}
              />
              {standing === undefined ? null : (
                <TemplateEditor
                  key={`${kind} ${standing.version}`}
                  conference={conference}
                  standing={standing}
                />
              )}
            </>
          );
        }}
      </Answered>
    </>
  );
}

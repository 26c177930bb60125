import { Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { awaitsAnswer } from '../../../domain/invitations/life.ts';
import type { Answer } from '../../../domain/invitations/step.ts';
import { formatDateTime } from '../../../domain/text/dates.ts';
import { postParts } from '../../../domain/text/posts.ts';
import {
  invitationContracts,
  type InvitationView,
  type LoggedStep,
} from '../../../domain/wire/invitations.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Answered, Failure } from '../parts/Pages.tsx';
import { AnswerForm } from './AnswerForm.tsx';
import { ExceptionFields, isSaid, NO_EXCEPTION } from './ExceptionFields.tsx';
import { invitationsKey, type InvitationParams } from './invitations.ts';
import { LetterPreview } from './LetterPreview.tsx';
import { PersonalLink } from './PersonalLink.tsx';
import classes from './invitations.module.css';

interface Props {
  readonly conference: string;
  readonly bridge: string;
  readonly id: string;
  readonly name: string;
  readonly isFrozen: boolean;
  readonly onClose: () => void;
}

/** One invitation: who, where, what they answered, what is to be decided, and everything that happened. */
export function InvitationDialog({ conference, bridge, id, name, isFrozen, onClose }: Props) {
  const { t } = useWords();
  const params = { conference, bridge, invitation: id };
  const invitation = useQuery({
    queryKey: [...invitationsKey(conference), 'one', id],
    queryFn: ({ signal }) => call(invitationContracts.invitation, { params }, signal),
  });
  return (
    <Dialog title={t('invite.one.title', { name })} isWide onClose={onClose}>
      <Answered query={invitation}>
        {({ invitation: view, log }) => <Whole view={view} log={log} params={params} isFrozen={isFrozen} />}
      </Answered>
    </Dialog>
  );
}

type Doing = 'answer' | 'withdraw' | 'refuse' | null;

function Whole({
  view,
  log,
  params,
  isFrozen,
}: {
  view: InvitationView;
  log: readonly LoggedStep[];
  params: InvitationParams;
  isFrozen: boolean;
}) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [doing, setDoing] = useState<Doing>(null);
  const [reason, setReason] = useState('');
  const [exception, setException] = useState(NO_EXCEPTION);
  const { standing, person, bridge, seat, obligedSince } = view;
  const allowed = isFrozen ? exception : null;
  const mayChange = !isFrozen || isSaid(exception);
  const act = useMutation({
    mutationFn: async (deed: 'withdraw' | 'anew' | 'accept' | 'refuse' | Answer) => {
      if (typeof deed === 'object') {
        await call(invitationContracts.answerInvitation, { params, body: { said: deed } });
      } else if (deed === 'withdraw') {
        const body = { invitations: [view.id], reason, exception: allowed };
        await call(invitationContracts.withdrawInvitations, { params, body });
      } else if (deed === 'anew') {
        const body = { anew: [view.id], exception: allowed };
        await call(invitationContracts.prepareInvitations, { params, body });
      } else {
        const body =
          deed === 'accept'
            ? { accept: true as const, exception: allowed }
            : { accept: false as const, reason };
        await call(invitationContracts.decideSubstitute, { params, body });
      }
    },
    onSuccess: () => {
      setDoing(null);
      setReason('');
    },
    onSettled: () => queries.invalidateQueries({ queryKey: invitationsKey(params.conference) }),
  });
  const { substitute } = standing;
  const isProposed = substitute?.state === 'proposed' && standing.stage !== 'withdrawn';
  const mayAnswer =
    standing.sentAt !== null && standing.stage !== 'withdrawn' && substitute?.state !== 'accepted';
  const facts = [
    ['post', postParts(person.position, person.unit).join(', ') || null],
    ['bridge', bridge.name],
    ['seat', seat?.seatNumber ?? null],
    ['address', person.email ?? t('invite.noAddress')],
    [
      'obliged',
      obligedSince === null
        ? null
        : t('invite.one.obligedWhat', { at: formatDateTime(obligedSince, language) }),
    ],
    ['reason', standing.withdrawn],
  ] as const;
  return (
    <Stack gap="md">
      <Facts facts={facts.map(([field, value]) => [t(`invite.one.${field}`), value])} />
      {isProposed ? (
        <section className={classes['decide']}>
          <Text>
            {t('invite.one.decide', {
              name: person.name,
              other: [substitute.words.name, substitute.words.position].filter(Boolean).join(', '),
              reason: substitute.reason,
            })}
          </Text>
          <Text className={classes['dim'] ?? ''}>{t('invite.one.acceptAbout')}</Text>
          {isFrozen ? <ExceptionFields value={exception} onChange={setException} /> : null}
          <Group gap="sm">
            <Button loading={act.isPending} disabled={!mayChange} onClick={() => act.mutate('accept')}>
              {t('invite.one.accept')}
            </Button>
            <Button variant="default" onClick={() => setDoing('refuse')}>
              {t('invite.one.refuse')}
            </Button>
          </Group>
        </section>
      ) : null}
      {act.error === null ? null : <Failure error={act.error} />}
      {doing === null ? (
        <Group gap="sm">
          {mayAnswer ? (
            <Button
              variant={awaitsAnswer(standing) ? 'filled' : 'default'}
              onClick={() => setDoing('answer')}
            >
              {t('invite.one.answer')}
            </Button>
          ) : null}
          {standing.stage === 'withdrawn' && seat !== null ? (
            <Stack gap="sm">
              {isFrozen ? <ExceptionFields value={exception} onChange={setException} /> : null}
              <Button loading={act.isPending} disabled={!mayChange} onClick={() => act.mutate('anew')}>
                {t('invite.one.anew')}
              </Button>
            </Stack>
          ) : null}
          {standing.stage === 'withdrawn' ? null : (
            <Button variant="default" onClick={() => setDoing('withdraw')}>
              {t('invite.one.withdraw')}
            </Button>
          )}
        </Group>
      ) : null}
      {doing === 'answer' ? <AnswerForm busy={act.isPending} onSaid={(said) => act.mutate(said)} /> : null}
      {doing === 'withdraw' || doing === 'refuse' ? (
        <form
          className={classes['form']}
          onSubmit={(event) => {
            event.preventDefault();
            act.mutate(doing);
          }}
        >
          <Textarea
            label={t('invite.one.reason')}
            required
            data-autofocus
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {isFrozen && doing === 'withdraw' ? (
            <ExceptionFields value={exception} onChange={setException} />
          ) : null}
          <Button
            type="submit"
            loading={act.isPending}
            disabled={reason.trim() === '' || (doing === 'withdraw' && !mayChange)}
          >
            {t(doing === 'withdraw' ? 'invite.one.withdraw' : 'invite.one.refuseOf')}
          </Button>
        </form>
      ) : null}
      <LetterPreview params={params} />
      {standing.sentAt === null || standing.stage === 'withdrawn' ? null : <PersonalLink params={params} />}
      <section>
        <Title order={3} fz="md" mb="xs">
          {t('invite.one.log')}
        </Title>
        <ol className={classes['steps']}>
          {log.map((step, at) => (
            // The log is only ever added to.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={at}>
              <Logged step={step} />
            </li>
          ))}
        </ol>
      </section>
    </Stack>
  );
}

function Logged({ step: { at, by, via, what, exception } }: { step: LoggedStep }) {
  const { t, language } = useWords();
  const who = by ?? t(`invite.via.${via}`);
  const said = what.step === 'answered' ? what.said : null;
  const reason = said !== null && 'reason' in said ? said.reason : 'reason' in what ? what.reason : null;
  const why = what.step === 'bounced' ? what.why : reason;
  const answered =
    said === null
      ? null
      : said.answer === 'coming'
        ? t('invite.one.coming')
        : said.answer === 'not-coming'
          ? t('invite.one.notComing')
          : t('invite.by', { name: said.substitute.name });
  return (
    <>
      {formatDateTime(at, language)}: {t(`invite.step.${what.step}`)}
      {answered === null ? null : `: ${answered}`}
      {why === null ? null : ` (${why})`}
      {who === '' ? null : <span className={classes['dim']}> · {who}</span>}
      {exception === null ? null : (
        <div className={classes['dim']}>
          {t('invite.allowed', { name: exception.allowedBy, why: exception.why })}
        </div>
      )}
    </>
  );
}

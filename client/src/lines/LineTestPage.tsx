import { Anchor, Button, List, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';

import { BridgeId, ConferenceId } from '../../../domain/ids.ts';
import type { LineMeasures } from '../../../domain/media/line-test.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { lineContracts } from '../../../domain/wire/lines.ts';
import { call } from '../api/call.ts';
import { useLine } from '../api/line.ts';
import { bridgeOf } from '../api/queries.ts';
import { useWords } from '../app/language.ts';
import { Failure, Loading, PageHead } from '../parts/Pages.tsx';
import { newUuid } from '../parts/uuid.ts';
import classes from './lines.module.css';
import { lineTableKey, testsOf } from './queries.ts';
import { Running } from './Running.tsx';
import { BEFORE_S, USUAL_S, type Stage } from './stages.ts';
import { TestResult } from './TestResult.tsx';

type Phase =
  | { readonly is: 'waiting'; readonly told: string | null }
  | { readonly is: 'running'; readonly stage: Stage; readonly picture: MediaStream | null }
  | { readonly is: 'measured' };

/** The test of two minutes that a host runs before the day, on the machine that will be used. */
export function LineTestPage() {
  const { t } = useWords();
  const params = useParams({ from: '/signed-in/shell/line-test/$conference/$bridge' });
  const { conference, bridge } = params;
  const { seconds = USUAL_S } = useSearch({ from: '/signed-in/shell/line-test/$conference/$bridge' });
  const node = useQuery(bridgeOf(conference, bridge));
  const earlier = useQuery(testsOf(conference, bridge));
  const line = useLine();
  const test = useTest(conference, bridge, seconds);
  const { phase, sending } = test;
  const name = node.data?.bridge.name;
  if (node.isPending || earlier.isPending) return <Loading minHeight={480} />;
  const last = earlier.data?.items[0];
  const isAgain = sending.isSuccess || last !== undefined;
  return (
    <>
      <PageHead title={name === undefined ? t('lineTest.title') : t('lineTest.of', { name })} />
      <Stack gap="md" maw={720}>
        {node.error === null ? null : <Failure error={node.error} />}
        {phase.is === 'running' ? (
          <Running stage={phase.stage} picture={phase.picture} seconds={seconds} onStop={test.stop} />
        ) : (
          <>
            {sending.data === undefined ? null : <TestResult test={sending.data} isLarge />}
            <Text role="status">
              {phase.is === 'waiting' ? (phase.told ?? '') : null}
              {sending.isPending ? t('lineTest.sending') : null}
              {sending.isSuccess ? t('lineTest.sent') : null}
            </Text>
            {sending.error === null ? null : (
              <>
                <Text>{t('lineTest.notSent')}</Text>
                <Failure error={sending.error} />
                <Button onClick={test.sendAgain}>{t('lineTest.sendAgain')}</Button>
              </>
            )}
            {sending.isIdle ? <Before seconds={seconds} /> : null}
            <Button
              size="lg"
              variant={sending.isSuccess ? 'default' : 'filled'}
              disabled={sending.isPending}
              loading={line === 'connecting'}
              onClick={test.start}
            >
              {t(isAgain ? 'lineTest.again' : 'lineTest.start')}
            </Button>
            {line === 'lost' ? <Text role="alert">{t('lineTest.unreachable')}</Text> : null}
            {sending.isIdle && last !== undefined ? (
              <section aria-label={t('lineTest.earlier')}>
                <h2 className={classes['heading']}>{t('lineTest.earlier')}</h2>
                <TestResult test={last} />
              </section>
            ) : null}
            <Anchor mih={44} renderRoot={(props) => <Link to="/" {...props} />}>
              {t('lineTest.toDoor')}
            </Anchor>
          </>
        )}
      </Stack>
    </>
  );
}

/** What will happen, and what to see to before. */
function Before({ seconds }: { seconds: number }) {
  const { t, language } = useWords();
  const whole = seconds + BEFORE_S;
  const time =
    whole >= 60
      ? `${formatNumber(Math.round(whole / 60), language)} ${t('lineTest.minutes')}`
      : `${formatNumber(whole, language)} ${t('lineTest.seconds')}`;
  return (
    <>
      <Text>{t('lineTest.about', { time })}</Text>
      <List>
        <List.Item>{t('lineTest.ready.machine')}</List.Item>
        <List.Item>{t('lineTest.ready.room')}</List.Item>
        <List.Item>{t('lineTest.ready.allow')}</List.Item>
      </List>
    </>
  );
}

interface Measured {
  readonly id: string;
  readonly measures: LineMeasures;
}

/** Runs the test and hands its result in; what could not be sent stays until it is. */
function useTest(conference: string, bridge: string, seconds: number) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [phase, setPhase] = useState<Phase>({ is: 'waiting', told: null });
  const running = useRef<AbortController | null>(null);
  const measured = useRef<Measured | null>(null);
  const sending = useMutation({
    mutationFn: ({ id, measures }: Measured) =>
      call(lineContracts.addLineTest, { params: { conference, bridge }, body: { id, seconds, measures } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: lineTableKey(conference) }),
  });
  useEffect(() => () => running.current?.abort(), []);
  const { mutate, reset } = sending;
  const start = useCallback(() => {
    const own = new AbortController();
    running.current = own;
    reset();
    setPhase({ is: 'running', stage: 'camera', picture: null });
    const change = (next: Partial<Extract<Phase, { is: 'running' }>>): void =>
      setPhase((now) => (now.is === 'running' ? { ...now, ...next } : now));
    const place = { conference: ConferenceId.parse(conference), bridge: BridgeId.parse(bridge) };
    const watching = {
      onStage: (stage: Stage) => change({ stage }),
      onPicture: (picture: MediaStream | null) => change({ picture }),
    };
    const run = async (): Promise<void> => {
      // It brings all of WebRTC along, which nobody else on this page needs.
      const { runLineTest, whyNot } = await import('./testRun.ts');
      try {
        const measures = await runLineTest(place, seconds, watching, own.signal);
        measured.current = { id: newUuid(Date.now()), measures };
        setPhase({ is: 'measured' });
        mutate(measured.current);
      } catch (error) {
        setPhase({ is: 'waiting', told: whyNot(error, t) });
      }
    };
    run().catch(() => setPhase({ is: 'waiting', told: t('lineTest.unreachable') }));
  }, [conference, bridge, seconds, mutate, reset, t]);
  return {
    phase,
    sending,
    start,
    stop: () => running.current?.abort(),
    sendAgain: () => {
      if (measured.current !== null) mutate(measured.current);
    },
  };
}

import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { formatTime } from '../../../domain/text/dates.ts';
import { deviceContracts } from '../../../domain/wire/devices.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Answered } from '../parts/Pages.tsx';
import { qrPath } from '../passes/qr.ts';
import classes from './devices.module.css';
import { asMachine } from './introduce.ts';
import type { AtBridge } from './pair.ts';

/** White modules around the code, by which scanners find it. */
const QUIET = 4;

interface Props {
  readonly place: AtBridge;
  /** Who asks: an account that looks after machines, or a machine that is paired with the bridge itself. */
  readonly of: 'desk' | 'machine';
  readonly onClose: () => void;
}

/** Makes a code that pairs one more machine with a bridge, and shows it in letters and as a QR code. */
export function PairingCode({ place: { conference, bridge }, of, onClose }: Props) {
  const { t } = useWords();
  const params = { conference, bridge };
  const code = useQuery({
    queryKey: ['conference', conference, 'pairing-code', bridge, of],
    queryFn: () =>
      of === 'desk'
        ? call(deviceContracts.newPairingCode, { params })
        : call(deviceContracts.showPairingCode, { params }, undefined, asMachine),
    // Each is made once, and not kept.
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  return (
    <Dialog title={t('pairing.make')} onClose={onClose}>
      <Answered query={code}>
        {(made) => (
          <Stack align="center" gap="sm">
            <Text ta="center">{t('pairing.codeFor', { name: made.bridgeName })}</Text>
            <p className={classes['shownCode']}>{made.code}</p>
            <Qr
              text={`${window.location.origin}/pair/${conference}/${bridge}#${made.code}`}
              label={t('pairing.qr')}
            />
            <Text ta="center">{t('pairing.codeUntil', { at: formatTime(made.expiresAt) })}</Text>
            <Text ta="center">{t('pairing.codeHow')}</Text>
            <Button variant="default" loading={code.isFetching} onClick={() => void code.refetch()}>
              {t('pairing.another')}
            </Button>
          </Stack>
        )}
      </Answered>
    </Dialog>
  );
}

function Qr({ text, label }: { text: string; label: string }) {
  const { path, side } = qrPath(text);
  return (
    <svg
      className={classes['qr']}
      viewBox={`${-QUIET} ${-QUIET} ${side + 2 * QUIET} ${side + 2 * QUIET}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <path d={path} fill="#000000" />
    </svg>
  );
}

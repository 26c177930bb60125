import type { BridgeId, DeviceId } from '../../domain/ids.ts';
import type { DeviceStanding } from '../../domain/wire/devices.ts';
import type { Context } from '../platform/context.ts';
import type { RunningJob } from '../platform/jobs.ts';
import { admitted, ProblemError } from '../platform/problems.ts';
import type { Gate } from '../platform/scopes.ts';
import {
  languageOfSocket,
  onMessage,
  type ServerSocket,
  type SocketHandlers,
  type Sockets,
} from '../platform/sockets.ts';
import { lineClosed, lineOpened, takeHello, type Contact } from './live.ts';
import { machineOn, proveLine } from './proof.ts';
import { revocationOf } from './queries.ts';
import { numberedName, revokedSentence } from './sentences.ts';
import { onRevoked } from './standing.ts';

const roomOf = (bridge: BridgeId, device: DeviceId): string => `device ${bridge} ${device}`;

/** Notes on a socket whose it is: it is closed when the machine is revoked at the bridge. */
export async function joinAs(socket: ServerSocket, bridge: BridgeId, device: DeviceId): Promise<void> {
  await socket.join(roomOf(bridge, device));
}

/** A machine shows whose the line is, announces itself, and is told how it stands. */
export function deviceSockets({ gate }: { readonly gate: Gate }): SocketHandlers {
  return (connection) => {
    const { socket } = connection;
    const browser = (socket.handshake.headers['user-agent'] ?? '').slice(0, 300);
    const contacts = new Map<Contact, Context>();
    socket.once('disconnect', () => {
      for (const [contact, context] of contacts) lineClosed(context, contact);
    });
    onMessage(connection, 'device:prove', async (body) => {
      const proven = await proveLine(socket, body);
      if (!proven.ok) throw new ProblemError('device-unproven');
      return { ok: true, device: proven.value };
    });
    onMessage(connection, 'device:hello', async (body, context) => {
      const bridge = admitted(await gate.bridge(context, body.conference, body.bridge, 'host'));
      // Somebody else's machine is neither named nor said to be there.
      if ((await machineOn(socket)) !== body.device) throw new ProblemError('device-unproven');
      const contact = await takeHello(context, bridge, body, browser);
      if (contact === null) throw new ProblemError('device-unpaired');
      connection.load.countAs(body.device);
      if (socket.connected && !contacts.has(contact)) {
        contacts.set(contact, context);
        lineOpened(context, contact);
        await joinAs(socket, bridge, body.device);
      }
      return { ok: true, ...(await standingAt(context, contact)) };
    });
  };
}

async function standingAt(context: Context, contact: Contact): Promise<DeviceStanding> {
  const { language } = context;
  const revoked = await revocationOf(context, contact.bridge, contact.device);
  return {
    name: contact.name ?? numberedName(contact.number, language),
    revoked,
    message: revoked === null ? null : revokedSentence(revoked.reason)[language],
  };
}

/** A machine that is revoked while it is on line is told at once, and put off, while the server runs. */
export function tellRevoked(sockets: Sockets): (context: Context) => RunningJob {
  return (context) => {
    const stop = onRevoked(context.database, (bridge, device) => {
      putOff(sockets, context, bridge, device).catch((error: unknown) =>
        context.log.error({ err: error }, 'a revoked machine was not told'),
      );
    });
    return {
      stop() {
        stop();
        return Promise.resolve();
      },
    };
  };
}

async function putOff(sockets: Sockets, context: Context, bridge: BridgeId, device: DeviceId): Promise<void> {
  const { adapter, sockets: all } = sockets.of('/');
  const own = adapter.rooms.get(roomOf(bridge, device));
  if (own === undefined) return;
  const revocation = await revocationOf(context, bridge, device);
  if (revocation === null) return;
  const sentence = revokedSentence(revocation.reason);
  for (const id of own) {
    const socket = all.get(id);
    if (socket === undefined) continue;
    socket.emit('device:revoked', { bridge, device, message: sentence[languageOfSocket(socket)] });
    // Whatever it watches ends with its line: from now on it gets no new data.
    socket.disconnect(true);
  }
}

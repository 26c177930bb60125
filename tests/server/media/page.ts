import type { BridgeId, SessionId } from '../../../domain/ids.ts';
import type { MediaSource } from '../../../domain/wire/media.ts';
import type {
  ClientAnswer,
  ClientBody,
  ClientMessage,
  ServerBody,
  ServerMessage,
} from '../../../domain/wire/sockets.ts';
import { socket, type SignedInClient, type TestSocket } from '../harness.ts';
import type { Sample } from '../sample.ts';

type Done<Name extends ClientMessage> = Extract<ClientAnswer<Name>, { ok: true }>;

/** A page in the video plane: what it asks for has to be done, and what it is told is kept in order. */
export interface Page {
  readonly line: TestSocket;
  readonly heard: { readonly name: string; readonly body: unknown }[];
  /** The answer; throws where it is refused. */
  done<Name extends ClientMessage>(name: Name, body: ClientBody<Name>): Promise<Done<Name>>;
  /** The reason; throws where it is not refused. */
  refused<Name extends ClientMessage>(name: Name, body: ClientBody<Name>): Promise<string>;
  /** What was said last under a name. */
  last<Name extends ServerMessage>(name: Name): ServerBody<Name> | undefined;
  close(): void;
}

const NOTICES = [
  'media:engine',
  'media:program',
  'media:orders',
  'media:board',
  'media:consumer-closed',
  'media:transport-closed',
] as const;

export async function openPage(s: Pick<Sample, 'server'>, who: SignedInClient): Promise<Page> {
  const line = await socket(s.server, who.cookie);
  const heard: { name: string; body: unknown }[] = [];
  for (const name of NOTICES) line.socket.on(name, (body: unknown) => void heard.push({ name, body }));
  return {
    line,
    heard,
    async done(name, body) {
      const answer = await line.ask(name, body);
      if (!answer.ok) throw new Error(`${name}: ${answer.reason}: ${answer.message}`);
      return answer as Done<typeof name>;
    },
    async refused(name, body) {
      const answer = await line.ask(name, body);
      if (answer.ok) throw new Error(`${name} was not refused`);
      return answer.reason;
    },
    last: (name) => heard.findLast((one) => one.name === name)?.body as never,
    close: () => line.close(),
  };
}

let streams = 1000;
/** What a browser says of a stream that it sends. */
export function parametersOf(kind: 'audio' | 'video'): ClientBody<'media:produce'>['rtpParameters'] {
  const codec =
    kind === 'audio'
      ? { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }
      : { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 };
  streams += 1;
  return { codecs: [codec], encodings: [{ ssrc: streams }], rtcp: { cname: 'hoi-truong' } };
}

export const CAPABILITIES: ClientBody<'media:consume'>['rtpCapabilities'] = {
  codecs: [
    { kind: 'audio', mimeType: 'audio/opus', preferredPayloadType: 100, clockRate: 48_000, channels: 2 },
    { kind: 'video', mimeType: 'video/VP8', preferredPayloadType: 101, clockRate: 90_000 },
  ],
};

const KIND_OF = { camera: 'video', microphone: 'audio', screen: 'video' } as const;

/** Makes a line to send by, and sends from these sources; their streams, in order. */
export async function send(page: Page, ...sources: readonly MediaSource[]): Promise<string[]> {
  const { transport } = await page.done('media:transport', { direction: 'send' });
  const sent: string[] = [];
  for (const source of sources) {
    const kind = KIND_OF[source];
    const rtpParameters = parametersOf(kind);
    const { producer } = await page.done('media:produce', {
      transport: transport.id,
      source,
      kind,
      rtpParameters,
    });
    sent.push(producer);
  }
  return sent;
}

/** Makes a line to receive by; its id. */
export async function receiving(page: Page): Promise<string> {
  return (await page.done('media:transport', { direction: 'receive' })).transport.id;
}

export function asked(transport: string, producer: string): ClientBody<'media:consume'> {
  return { transport, producer, rtpCapabilities: CAPABILITIES, isPaused: false };
}

/** Whoever stands at a bridge of the sample, as a page asks to join. */
export function node(s: Sample, bridge: BridgeId, session: SessionId = s.session) {
  return { conference: s.conference, session, bridge };
}

import type { ClientAnswer, ClientBody } from '../../../domain/wire/sockets.ts';
import type { mediaMessages } from '../../../domain/wire/media.ts';
import { ask } from '../api/socket.ts';

type MediaMessage = keyof typeof mediaMessages;
type Granted<Name extends MediaMessage> = Extract<ClientAnswer<Name>, { readonly ok: true }>;

/** What was asked for is not to be had, for the reason that the server gave. */
export class MediaRefused extends Error {
  override readonly name = 'MediaRefused';
  readonly reason: string;
  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Asks the server for something of the video plane. Throws `MediaRefused` where it says no, another error where nothing came. */
export async function askMedia<Name extends MediaMessage>(
  name: Name,
  body: ClientBody<Name>,
): Promise<Granted<Name>> {
  const answer: ClientAnswer<MediaMessage> = await ask(name, body);
  if (!answer.ok) throw new MediaRefused(answer.reason, answer.message);
  // Which of the answers belongs to a name TypeScript does not follow.
  return answer as Granted<Name>;
}

/** Tells the server something whose answer changes nothing here: a line that is gone took it along. */
export function tellMedia<Name extends MediaMessage>(name: Name, body: ClientBody<Name>): void {
  ask(name, body).catch(() => undefined);
}

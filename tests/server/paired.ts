import type { BridgeId, ConferenceId, DeviceId } from '../../domain/ids.ts';
import { api } from '../../domain/wire/api.ts';
import type { Contract } from '../../domain/wire/contract.ts';
import type { ClientAnswer, ClientBody, ClientMessage } from '../../domain/wire/sockets.ts';
import { requestOf, type CallInput, type WireRequest } from '../../domain/wire/request.ts';
import type { Context } from '../../server/platform/context.ts';
import { knownMachine, proofOf, signedHeaders, testMachine, type TestMachine } from '../machines.ts';

/** A server in this process, whose tables a test may write to; of any other only the address is known. */
export interface Reached {
  readonly url: string;
  context?(): Context;
}

/** The machine of a word, or the one whose id it is. */
export function machineNamed(wordOrId: string): TestMachine {
  return knownMachine(wordOrId as DeviceId) ?? testMachine(wordOrId);
}

const paired = new WeakMap<object, Set<string>>();

/** Pairs a machine to a bridge in the database, as if a host had typed a code; a bridge that is not there is left alone. */
export async function pair(
  server: Reached,
  conference: ConferenceId,
  bridge: BridgeId,
  machine: TestMachine,
): Promise<void> {
  if (server.context === undefined) return;
  const { database, clock } = server.context();
  const known = paired.get(database) ?? new Set<string>();
  paired.set(database, known);
  const key = `${bridge} ${machine.device}`;
  if (known.has(key)) return;
  await database.write.raw(
    `insert into device (conference, bridge, device, number, public_key, paired_at)
     select bridge.conference, bridge.id, ?, (select count(*) from device where device.bridge = bridge.id) + 1, ?, ?
     from bridge where bridge.conference = ? and bridge.id = ?
     on conflict do nothing`,
    [machine.device, machine.key, clock(), conference, bridge],
  );
  known.add(key);
}

interface Named {
  readonly conference?: string;
  readonly bridge?: string;
  readonly device?: string;
  /** Bad ones too. */
  readonly events?: readonly ({ readonly device?: string } | null)[];
}

/** Whose machine a message speaks for: the one that wrote its first event, or that it names; null for nobody known. */
function speaker({ device, events = [] }: Named): TestMachine | null {
  for (const named of [...events.map((event) => event?.device), device]) {
    const machine = named === undefined ? null : knownMachine(named as DeviceId);
    if (machine !== null) return machine;
  }
  return null;
}

/** What only machines ask. */
const OF_MACHINES: ReadonlySet<Contract> = new Set([api.record, api.door]);

/** The headers with which the machine that a request speaks for signs it; it is paired first. Nothing where it speaks for none. */
export async function headersOf(
  server: Reached,
  contract: Contract,
  params: Readonly<Record<string, string>>,
  said: Named,
  request: WireRequest,
): Promise<Record<string, string>> {
  const machine = OF_MACHINES.has(contract) ? speaker(said) : null;
  const { conference, bridge } = params;
  if (machine === null || conference === undefined || bridge === undefined) return {};
  await pair(server, conference as ConferenceId, bridge as BridgeId, machine);
  return signedHeaders(machine, request, server.context?.().clock() ?? Date.now());
}

/** A request as a machine signs it at a moment; `body` is put in the place of what would be sent. */
export async function signedBy<C extends Contract>(
  by: { fetch(path: string, own: RequestInit): Promise<Response> },
  machine: TestMachine,
  contract: C,
  input: CallInput<C>,
  { at, body }: { readonly at: number; readonly body?: string },
) {
  const request = requestOf(contract, input, 'vi');
  const answer = await by.fetch(request.url, {
    method: request.method,
    headers: { ...request.headers, ...signedHeaders(machine, request, at) },
    body: body ?? request.body,
  });
  return (await answer.json()) as Record<string, unknown> & { code?: string; items?: { outcome: string }[] };
}

type Ask = <Name extends ClientMessage>(name: Name, body: ClientBody<Name>) => Promise<ClientAnswer<Name>>;

/** Sends messages on a line that belongs to the first machine that speaks on it: it proves itself first, and is paired wherever it speaks. */
export function asMachine(server: Reached, line: { readonly id?: string | undefined }, ask: Ask): Ask {
  let proving: Promise<unknown> | null = null;
  return async (name, body) => {
    // Bad ones too: nothing, or no object.
    const said = Object(body ?? {}) as Named;
    const machine = name === 'device:prove' ? null : speaker(said);
    if (machine === null) return ask(name, body);
    if (said.conference !== undefined && said.bridge !== undefined) {
      await pair(server, said.conference as ConferenceId, said.bridge as BridgeId, machine);
    }
    proving ??= ask('device:prove', proofOf(machine, line.id ?? ''));
    await proving;
    return ask(name, body);
  };
}

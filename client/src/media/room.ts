import { isResting } from '../../../domain/media/viewing.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import type {
  EngineNow,
  MediaBoard,
  MediaEngineInfo,
  Program,
  Station,
  StationOrders,
} from '../../../domain/wire/media.ts';
import type { ClientBody, Watch } from '../../../domain/wire/sockets.ts';
import { currentLine, onMessage, subscribeLine } from '../api/socket.ts';
import { askMedia, MediaRefused, tellMedia } from './asking.ts';
import { countedIn, sampleBetween } from './quality.ts';
import { openReceiving, type Receiving } from './receiving.ts';
import { openSending, type Sending, type Wishes } from './sending.ts';
import { settle } from './settling.ts';
import { deviceFor } from './transport.ts';

const SAMPLE_MS = 5000;
/** Asking again does not help. */
const FINAL = new Set(['forbidden', 'not-found', 'malformed']);

/** What the page has places for. */
export interface Looks {
  readonly program: boolean;
  /** Beside the program, those whose cameras it shows, and how large. */
  readonly bridges: readonly BridgeId[];
  readonly size: 'small' | 'large';
}

/** What a page knows of its room. */
export interface RoomView {
  /** `refused`: whoever asks has no place in it, says `message`. */
  readonly state: 'joining' | 'joined' | 'refused';
  readonly message: string | null;
  /** Null while nothing is known of it, and where the server has none. */
  readonly engine: MediaEngineInfo | null;
  /** False where this browser and the engine have nothing in common. */
  readonly canPlay: boolean;
  /** False where the network between here and the engine lets nothing through. */
  readonly isReached: boolean;
  readonly program: Program | null;
  readonly orders: StationOrders | null;
  readonly board: BoardView | null;
  /** What arrives by now, by producer. */
  readonly tracks: ReadonlyMap<string, MediaStreamTrack>;
}
export interface BoardView {
  readonly floor: MediaBoard['floor'];
  readonly stations: ReadonlyMap<BridgeId, Station>;
  readonly directs: boolean;
}

/** A page's place in the room of a session. */
export interface Room {
  readonly view: () => RoomView;
  readonly subscribe: (listener: () => void) => () => void;
  /** Joins, and stays until what it gives back is called. */
  readonly open: () => () => void;
  /** What goes out as long as it is asked for. */
  readonly send: (wishes: Wishes) => void;
  readonly look: (looks: Looks) => void;
  /** Whether sound of the program is to come at all. */
  readonly listen: (isWanted: boolean) => void;
  /** A station asks for the floor, takes that back or gives the floor back. Throws a sentence where it cannot. */
  readonly stepFloor: (step: ClientBody<'media:floor'>['step']) => Promise<void>;
  /** A director puts a bridge on program, grants it the floor or takes it back. Throws a sentence where it cannot. */
  readonly direct: (step: ClientBody<'media:direct'>['step'], bridge: BridgeId) => Promise<void>;
}

/** Before anything was heard of it. */
const NOTHING: RoomView = {
  state: 'joining',
  message: null,
  engine: null,
  canPlay: true,
  isReached: true,
  program: null,
  orders: null,
  board: null,
  tracks: new Map(),
};

/**
 * Joins the room of a session on every line that stands while it is open, and carries pictures and sound all the while: a line that
 * was lost, an engine that died and a way that broke are made anew without the page's doing.
 */
export function roomOf(as: 'station' | 'control', place: Watch): Room {
  let view = NOTHING;
  let wishes: Wishes = {};
  let looks: Looks = { program: true, bridges: [], size: 'small' };
  let hears = false;
  let media: { readonly sending: Sending; readonly receiving: Receiving } | null = null;
  /** Of the line on which the room was joined last. */
  let joinings = 0;
  const listeners = new Set<() => void>();

  const turn = (change: Partial<RoomView>): void => {
    view = { ...view, ...change };
    for (const listener of listeners) listener();
    carry();
  };

  async function join(): Promise<void> {
    if (currentLine() !== 'connected') return;
    const own = ++joinings;
    try {
      if (as === 'station') {
        const { engine, rtpCapabilities, program, orders } = await askMedia('media:join-station', place);
        turn({ state: 'joined', message: null, engine, program, orders });
        await setEngine({ engine, rtpCapabilities }, own);
      } else {
        const { engine, rtpCapabilities, program, board } = await askMedia('media:join-control', place);
        const { floor, directs } = board;
        const stations = new Map(board.stations.map((station) => [station.bridge, station]));
        turn({ state: 'joined', message: null, engine, program, board: { floor, directs, stations } });
        await setEngine({ engine, rtpCapabilities }, own);
        tellLooks();
      }
    } catch (error) {
      if (!(error instanceof MediaRefused) || !FINAL.has(error.reason)) throw error;
      turn({ state: 'refused', message: error.message });
    }
  }

  /** Begins with an engine that runs, and lets go of one that does not: what it had is gone. */
  async function setEngine({ engine, rtpCapabilities }: EngineNow, own = joinings): Promise<void> {
    const runs = engine?.isRunning === true && rtpCapabilities !== null;
    if (!runs) dropMedia();
    else if (media === null) {
      const device = await deviceFor(rtpCapabilities).catch(() => null);
      if (own !== joinings || media !== null) return;
      turn({ canPlay: device !== null });
      if (device === null) return;
      media = {
        sending: openSending(device, engine.simulcast),
        receiving: openReceiving(device, {
          onTracks: (tracks) => turn({ tracks }),
          onReached: (isReached) => turn({ isReached }),
        }),
      };
    }
    turn({ engine });
  }
  function dropMedia(): void {
    const before = media;
    media = null;
    before?.sending.close();
    before?.receiving.close();
    if (view.tracks.size > 0) turn({ tracks: new Map() });
  }

  /** Sends what is asked for, and receives what the page has a place for. */
  function carry(): void {
    if (media === null) return;
    const { orders, program, board } = view;
    media.sending.wish(orders?.isWanted === true && !orders.isReplaced ? wishes : {});
    const looked = looks.bridges.flatMap((bridge) => board?.stations.get(bridge)?.streams ?? []);
    const onProgram = looks.program ? (program?.streams ?? []) : [];
    const shown = new Set([...looks.bridges, ...onProgram.map(({ bridge }) => bridge)]);
    const at = as === 'station' ? place.bridge : null;
    const isVisible = document.visibilityState === 'visible';
    const heard = new Set(hears ? onProgram.map(({ bridge }) => bridge) : []);
    const streams = new Map(
      [...looked.filter(({ kind }) => kind === 'video'), ...onProgram].map((stream) => [
        stream.producer,
        stream,
      ]),
    );
    const isLarge = new Set(onProgram.map(({ producer }) => producer));
    media.receiving.want(
      Array.from(streams.values(), ({ producer, bridge: from, kind }) => ({
        producer,
        isResting: isResting({ from, kind }, { at, isVisible, shown, heard }),
        size: isLarge.has(producer) ? 'large' : looks.size,
      })),
    );
  }
  function tellLooks(): void {
    if (as === 'control' && view.state === 'joined') tellMedia('media:want', { bridges: [...looks.bridges] });
  }

  const ofThis = (told: { readonly session: string }): boolean => told.session === place.session;
  function open(): () => void {
    const joining = settle(join);
    const stops = [
      onMessage('media:engine', (told) => void setEngine(told)),
      onMessage('media:program', (program) => ofThis(program) && turn({ program })),
      onMessage('media:orders', (orders) => ofThis(orders) && turn({ orders })),
      onMessage('media:board', ({ session, floor, stations: changed }) => {
        const { board } = view;
        if (session !== place.session || board === null) return;
        const stations = new Map(board.stations);
        for (const station of changed) stations.set(station.bridge, station);
        turn({ board: { ...board, floor, stations } });
      }),
      subscribeLine(() => {
        if (currentLine() === 'connected') joining.again();
        else if (view.state !== 'joining') leave();
      }),
      as === 'station'
        ? sampling(
            () => media?.receiving ?? null,
            () => view.program,
          )
        : () => undefined,
    ];
    document.addEventListener('visibilitychange', carry);
    joining.again();
    return () => {
      for (const stop of stops) stop();
      document.removeEventListener('visibilitychange', carry);
      joining.end();
      tellMedia('media:leave', {});
      leave();
    };
  }
  function leave(): void {
    joinings++;
    dropMedia();
    turn({ state: 'joining', orders: null, isReached: true });
  }
  return {
    view: () => view,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open,
    send: (next) => {
      wishes = next;
      carry();
    },
    look: (next) => {
      looks = next;
      tellLooks();
      carry();
    },
    listen: (isWanted) => {
      hears = isWanted;
      carry();
    },
    stepFloor: async (step) => {
      const { orders } = await askMedia('media:floor', { step });
      turn({ orders });
    },
    direct: async (step, bridge) => {
      const { floor } = await askMedia('media:direct', { ...place, bridge, step });
      if (view.board !== null) turn({ board: { ...view.board, floor } });
    },
  };
}

/** Tells every five seconds how the program arrives, as long as there is one to see. */
function sampling(receiving: () => Receiving | null, program: () => Program | null): () => void {
  let before: { readonly of: Receiving; readonly counted: ReturnType<typeof countedIn> } | null = null;
  const take = async (): Promise<void> => {
    const of = receiving();
    const isSeen =
      document.visibilityState === 'visible' &&
      program()?.streams.some(({ kind, isMuted }) => kind === 'video' && !isMuted) === true;
    const statistics = isSeen ? await of?.statistics() : null;
    if (of === null || statistics === null || statistics === undefined) {
      before = null;
      return;
    }
    const counted = countedIn(statistics);
    const taken = before?.of === of ? sampleBetween(before.counted, counted) : null;
    before = { of, counted };
    if (taken !== null) tellMedia('media:quality', taken);
  };
  const timer = setInterval(() => void take().catch(() => (before = null)), SAMPLE_MS);
  return () => clearInterval(timer);
}

import type { BridgeId } from '../ids.ts';

/** What somebody's page shows and lets hear. */
export interface View {
  /** The bridge at which it stands; null for the control room. */
  readonly at: BridgeId | null;
  /** False while its window is out of sight. */
  readonly isVisible: boolean;
  /** Whose pictures it has room for now: program, and tiles of the wall's page. */
  readonly shown: ReadonlySet<BridgeId>;
  /** Whose sound goes out, and whom the page listens to beside. */
  readonly heard: ReadonlySet<BridgeId>;
}

export interface Stream {
  readonly from: BridgeId;
  readonly kind: 'audio' | 'video';
}

/**
 * Whether a consumer rests: pictures that nobody sees, sound that nobody is to hear. Sound goes on when the window is out of
 * sight, and a bridge never hears itself: its hall would ring.
 */
export function isResting({ from, kind }: Stream, view: View): boolean {
  if (kind === 'video') return !view.isVisible || !view.shown.has(from);
  return from === view.at || !view.heard.has(from);
}

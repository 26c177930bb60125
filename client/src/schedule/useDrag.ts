import { useEffect, useRef, useState, type PointerEvent as ReactPointerEvent } from 'react';

/** A hand trembles: less than this is a click. */
const MOVED_PX = 5;

export interface Drag<Of> {
  readonly of: Of;
  /** How far it was taken, in px. */
  readonly dx: number;
  readonly dy: number;
}

/**
 * Something that is taken by the mouse and put down elsewhere. Esc leaves it where it was. Fingers scroll: on a phone things are
 * moved by their dialog.
 */
export function useDrag<Of>(onDrop: (drag: Drag<Of>) => void) {
  const [drag, setDrag] = useState<Drag<Of> | null>(null);
  const begun = useRef<{ of: Of; x: number; y: number } | null>(null);
  const moved = useRef(false);
  const drop = useRef(onDrop);
  useEffect(() => {
    drop.current = onDrop;
  }, [onDrop]);
  useEffect(() => {
    const distance = (event: PointerEvent): Drag<Of> | null => {
      const from = begun.current;
      return from === null ? null : { of: from.of, dx: event.clientX - from.x, dy: event.clientY - from.y };
    };
    const move = (event: PointerEvent) => {
      const now = distance(event);
      if (now === null) return;
      if (!moved.current && Math.hypot(now.dx, now.dy) < MOVED_PX) return;
      moved.current = true;
      setDrag(now);
    };
    const end = (event: PointerEvent) => {
      const now = distance(event);
      begun.current = null;
      setDrag(null);
      if (now !== null && moved.current) drop.current(now);
    };
    const leave = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || begun.current === null) return;
      begun.current = null;
      setDrag(null);
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
    window.addEventListener('keydown', leave);
    return () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('keydown', leave);
    };
  }, []);
  return {
    drag,
    take: (of: Of) => (event: ReactPointerEvent<HTMLElement>) => {
      moved.current = false;
      if (event.button !== 0 || event.pointerType === 'touch') return;
      begun.current = { of, x: event.clientX, y: event.clientY };
    },
    /** Whether the click that ends a drag is one. */
    wasDragged: () => moved.current,
  };
}

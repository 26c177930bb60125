import { useEffect, useRef } from 'react';

import { isTyping } from '../parts/keys.ts';
import type { FieldDeeds } from './FieldRow.tsx';

interface Keys {
  readonly toLookAt: readonly string[];
  readonly deeds: FieldDeeds | null;
  /** Whether a field waits to be looked at. */
  readonly isOpen: (path: string) => boolean;
  readonly onLead: (path: string) => void;
  readonly onUndo: (() => void) | undefined;
  readonly onRedo: (() => void) | undefined;
  readonly onHelp: () => void;
}

/** Path of the field whose row has the focus itself; null on a button in it, whose own the key is. */
function focused(): string | null {
  return (document.activeElement as HTMLElement | null)?.dataset['field'] ?? null;
}

/** The keys of the page: from anywhere on it, but not while somebody types or a dialog is open. */
export function usePlanKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.altKey || isTyping(event.target) || document.querySelector('[role="dialog"]') !== null)
        return;
      const isUndoing = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z';
      if ((event.ctrlKey || event.metaKey) && !isUndoing) return;
      if (!heard(isUndoing ? (event.shiftKey ? 'r' : 'u') : event.key, latest.current)) return;
      event.preventDefault();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
}

/** Whether the page has a use for a key. */
function heard(key: string, { toLookAt, deeds, isOpen, onLead, onUndo, onRedo, onHelp }: Keys): boolean {
  const path = focused();
  switch (key) {
    case 'n':
    case 'p': {
      const next = neighbour(toLookAt, path, key === 'n' ? 1 : -1);
      if (next !== undefined) onLead(next);
      return true;
    }
    case 'ArrowDown':
    case 'ArrowUp': {
      if (path === null) return false;
      const rows = [...document.querySelectorAll<HTMLElement>('[data-field]')];
      const at = rows.findIndex((row) => row.dataset['field'] === path);
      rows[at + (key === 'ArrowDown' ? 1 : -1)]?.focus();
      return true;
    }
    case 'Enter':
      if (path === null || deeds === null) return false;
      if (isOpen(path)) deeds.accept(path);
      else deeds.edit(path);
      return true;
    case 'e':
      if (path === null || deeds === null) return false;
      deeds.edit(path);
      return true;
    case 'Delete':
      if (path === null || deeds === null) return false;
      deeds.set(path, null);
      return true;
    case 'u':
      onUndo?.();
      return true;
    case 'r':
      onRedo?.();
      return true;
    case '?':
      onHelp();
      return true;
    default:
      return false;
  }
}

/** The next or the one before among those that wait; from anywhere else by where it stands on the page. */
function neighbour(paths: readonly string[], from: string | null, by: 1 | -1): string | undefined {
  if (from === null) return by === 1 ? paths[0] : paths.at(-1);
  const known = paths.indexOf(from);
  if (known >= 0) return paths[(known + by + paths.length) % paths.length];
  const rows = [...document.querySelectorAll<HTMLElement>('[data-field]')];
  const at = rows.findIndex((row) => row.dataset['field'] === from);
  const there = by === 1 ? rows.slice(at + 1) : rows.slice(0, at).toReversed();
  const found = there.find((row) => paths.includes(row.dataset['field'] ?? ''));
  return found?.dataset['field'] ?? (by === 1 ? paths[0] : paths.at(-1));
}

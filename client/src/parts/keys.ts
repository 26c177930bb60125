import { type RefObject, useEffect, useRef } from 'react';

/** Whether a key press belongs to a field that somebody types into. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'file'].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
  );
}

/** `/` goes to the search field of a page, from anywhere on it. */
export function useSlash(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [field]);
}

/** `?` tells what the keys of a page do, unless somebody types or answers a dialog. */
export function useHelpKey(onHelp: () => void): void {
  const latest = useRef(onHelp);
  useEffect(() => {
    latest.current = onHelp;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.key !== '?' || isTyping(event.target) || document.querySelector('[role="dialog"]') !== null)
        return;
      latest.current();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
}

/** What of a row takes the focus. */
const TAKES_FOCUS = ':is(button, a[href])';

/** Goes to the row of that place in a virtual list, if it exists and has anything to press. */
export function focusRow(list: Element, place: number): boolean {
  const target = list.querySelector<HTMLElement>(`[data-index="${place}"] ${TAKES_FOCUS}`);
  target?.focus({ preventScroll: true });
  return target !== null;
}

/** Goes from a search field down to the list that it searches: the first one after it. */
export function focusListAfter(field: Element): boolean {
  const lists = [...document.querySelectorAll('[data-rows]')];
  const list = lists.find(
    (each) => (field.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  );
  const first = list?.querySelector<HTMLElement>(`[data-index] ${TAKES_FOCUS}`);
  first?.focus();
  return first != null;
}

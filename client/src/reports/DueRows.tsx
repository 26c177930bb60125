import { Button, Checkbox, Group, Text } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';

import type { BridgeId } from '../../../domain/ids.ts';
import type { DueList, DueNode } from '../../../domain/reports/due-list.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { Instant } from '../../../domain/time.ts';
import { useWords } from '../app/language.ts';
import { isTyping } from '../parts/keys.ts';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import { DueRow } from './DueRow.tsx';
import classes from './reports.module.css';
import type { Contacts } from './useContacts.ts';

interface Props {
  readonly list: DueList;
  readonly places: readonly number[];
  readonly now: Instant;
  readonly contacts: Contacts;
  readonly mayDecide: boolean;
  /** The bridge on whose own report others decide. */
  readonly own: BridgeId | null;
  readonly chosen: BridgeId | null;
  readonly onChoose: (id: BridgeId) => void;
  readonly onNode: (id: BridgeId) => void;
  readonly onAccept: (nodes: readonly DueNode[]) => void;
  readonly onReturn: (nodes: readonly DueNode[]) => void;
  readonly onTakeBack: () => void;
  readonly isFiltered: boolean;
}

const ROW = 76;

/**
 * The list of reports, worst first, of which only what is in sight exists. Arrows go along it; one key accepts the report that the
 * keyboard stands on, one returns it, and the next one comes up.
 */
export function DueRows(props: Props) {
  const { list, places, mayDecide, onAccept, onReturn, onTakeBack, onChoose, onNode, own } = props;
  const { t, language } = useWords();
  const [active, setActive] = useState(0);
  const [marked, setMarked] = useState<ReadonlySet<BridgeId>>(new Set());
  const box = useRef<HTMLDivElement>(null);
  const hadFocus = useRef(false);
  const index = Math.max(0, Math.min(active, places.length - 1));
  const nodeAt = (at: number): DueNode | undefined => list.nodes[places[at] ?? -1];
  const current = nodeAt(index);

  const isDecidable = useCallback(
    (node: DueNode | undefined): node is DueNode =>
      mayDecide &&
      node !== undefined &&
      node.id !== own &&
      node.revision > 0 &&
      (node.standing === 'submitted' || node.standing === 'accepted'),
    [mayDecide, own],
  );
  const chosenNodes = useMemo(
    () =>
      [...marked].flatMap((id) => {
        const node = list.nodes[list.placeOf.get(id) ?? -1];
        return isDecidable(node) ? [node] : [];
      }),
    [marked, list, isDecidable],
  );
  const decidable = useMemo(
    () =>
      places.flatMap((place) => {
        const node = list.nodes[place];
        return isDecidable(node) && node.standing === 'submitted' ? [node] : [];
      }),
    [places, list, isDecidable],
  );

  const focus = useCallback((at: number) => {
    hadFocus.current = true;
    // The row may only be made by the scrolling.
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        box.current?.querySelector<HTMLElement>(`[data-row="${at}"]`)?.focus({ preventScroll: true }),
      ),
    );
  }, []);
  const here = current?.id;
  // What was decided on has left the list, and the focus with it: the one that came up in its place takes it.
  useEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) focus(index);
    // Which report stands at the place is what changes.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [here, index, focus]);

  const step = (by: number) => {
    const next = Math.max(0, Math.min(places.length - 1, index + by));
    setActive(next);
    focus(next);
  };
  const mark = (node: DueNode) =>
    setMarked((before) => {
      const next = new Set(before);
      if (!next.delete(node.id)) next.add(node.id);
      return next;
    });
  const decide = (how: 'accept' | 'return') => {
    const nodes = chosenNodes.length > 0 ? chosenNodes : isDecidable(current) ? [current] : [];
    const some = how === 'accept' ? nodes.filter(({ standing }) => standing === 'submitted') : nodes;
    if (some.length === 0) return;
    hadFocus.current = true;
    setMarked(new Set());
    if (how === 'accept') onAccept(some);
    else onReturn(some);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    switch (event.key) {
      case 'ArrowDown':
        step(1);
        break;
      case 'ArrowUp':
        step(-1);
        break;
      case 'PageDown':
        step(8);
        break;
      case 'PageUp':
        step(-8);
        break;
      case 'Home':
        step(-places.length);
        break;
      case 'End':
        step(places.length);
        break;
      case 'ArrowRight':
        if (current === undefined || current.end === current.place + 1) return;
        onNode(current.id);
        break;
      case 'n':
      case 'N':
      case 'a':
      case 'A':
        decide('accept');
        break;
      case 't':
      case 'T':
      case 'r':
      case 'R':
        decide('return');
        break;
      case 'z':
      case 'Z':
        onTakeBack();
        break;
      case 'x':
      case 'X':
        if (!isDecidable(current)) return;
        mark(current);
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  const n = (count: number) => formatNumber(count, language);
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={box}
      onKeyDown={keys}
      onBlur={(event) => {
        // Away to somewhere else, and not because the row is gone.
        if (event.relatedTarget instanceof Node && !box.current?.contains(event.relatedTarget))
          hadFocus.current = false;
      }}
    >
      <Group gap="sm" mih={44} my="xs">
        {mayDecide ? (
          <>
            <Checkbox
              label={t('reports.markAll', { n: n(decidable.length) })}
              disabled={decidable.length === 0}
              checked={chosenNodes.length > 0 && chosenNodes.length >= decidable.length}
              indeterminate={chosenNodes.length > 0 && chosenNodes.length < decidable.length}
              styles={{ body: { alignItems: 'center', minHeight: 44 } }}
              onChange={(event) =>
                setMarked(new Set(event.currentTarget.checked ? decidable.map(({ id }) => id) : []))
              }
            />
            {chosenNodes.length === 0 ? null : (
              <>
                <Button size="sm" mih={36} onClick={() => decide('accept')}>
                  {t('reports.acceptMany', { n: n(chosenNodes.length) })}
                </Button>
                <Button size="sm" mih={36} variant="default" onClick={() => decide('return')}>
                  {t('reports.returnMany', { n: n(chosenNodes.length) })}
                </Button>
              </>
            )}
          </>
        ) : null}
        <Text c="dimmed" size="sm" role="status">
          {t('reports.shown', { n: n(places.length) })}
          <span className={classes['keys']}> · {t(mayDecide ? 'reports.keys' : 'reports.keysLook')}</span>
        </Text>
      </Group>
      {places.length === 0 ? (
        <Text py="md">{t(props.isFiltered ? 'reports.noneSo' : 'reports.noRows')}</Text>
      ) : (
        <VirtualRows
          label={t('reports.list')}
          count={places.length}
          rowHeight={ROW}
          shown={index}
          maxHeight="68dvh"
          keyOf={(at) => nodeAt(at)?.id ?? String(at)}
          render={(at) => {
            const node = nodeAt(at);
            if (node === undefined) return null;
            return (
              <DueRow
                index={at}
                list={list}
                node={node}
                contact={props.contacts.get(node.id)}
                now={props.now}
                isActive={at === index}
                isChosen={node.id === props.chosen}
                isMarked={isDecidable(node) ? marked.has(node.id) : null}
                onMark={() => mark(node)}
                onChoose={() => {
                  setActive(at);
                  onChoose(node.id);
                }}
                onNode={() => onNode(node.id)}
              />
            );
          }}
        />
      )}
    </div>
  );
}

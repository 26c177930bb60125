import { memo, useEffect, useMemo, useRef } from 'react';

import { useWords } from '../app/language.ts';
import type { Span } from '../../../domain/plan/draft.ts';
import { type Segment, segmentsOf, withoutMarks } from './segments.ts';
import classes from './plan.module.css';

/** The passages of one field, or one that was left over. */
export interface Lightable {
  readonly path: string;
  readonly source: readonly Span[];
  /** A person should look at it. */
  readonly open: boolean;
  /** It was left over, and nobody has settled what becomes of it. */
  readonly left: boolean;
}

interface Props {
  readonly text: string;
  readonly fields: readonly Lightable[];
  /** The field that is lit, and which side lit it: the other side brings it into sight. */
  readonly lit: string | null;
  readonly litBy: 'text' | 'plan';
  readonly onLight: (path: string | null) => void;
  readonly onChoose: (path: string) => void;
}

function pathOf(target: EventTarget): string | null {
  return (target as HTMLElement).closest<HTMLElement>('[data-path]')?.dataset['path'] ?? null;
}

/** The document as it was given, with what was understood of it marked. */
export function TextPane({ text, fields, lit, litBy, onLight, onChoose }: Props) {
  const { t } = useWords();
  const pane = useRef<HTMLDivElement>(null);
  const segments = useMemo(() => segmentsOf(text.length, fields), [text, fields]);
  const doubtful = useMemo(() => new Set(fields.flatMap(({ path, open }) => (open ? [path] : []))), [fields]);
  const left = useMemo(() => new Set(fields.flatMap((field) => (field.left ? [field.path] : []))), [fields]);

  useEffect(() => {
    const box = pane.current;
    if (lit === null || litBy !== 'plan' || box === null) return;
    const passage = box.querySelector<HTMLElement>('[data-lit]');
    if (passage === null) return;
    const top = passage.getBoundingClientRect().top - box.getBoundingClientRect().top;
    if (top > 0 && top < box.clientHeight - 60) return;
    // Of the pane only: the page itself stays where it is.
    box.scrollTo({ top: box.scrollTop + top - box.clientHeight / 3, behavior: 'smooth' });
  }, [lit, litBy]);

  return (
    // Keyboards go through the fields on the right, which light their passages here.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={pane}
      className={classes['text']}
      role="region"
      aria-label={t('plan.document')}
      tabIndex={0}
      onMouseOver={(event) => onLight(pathOf(event.target))}
      onMouseLeave={() => onLight(null)}
      onClick={(event) => {
        const path = pathOf(event.target);
        if (path !== null) onChoose(path);
      }}
    >
      {segments.map((segment) => (
        <Passage
          key={segment.start}
          segment={segment}
          words={withoutMarks(text.slice(segment.start, segment.end))}
          isLit={lit !== null && segment.paths.some((path) => path === lit || path.startsWith(`${lit}.`))}
          isDoubtful={segment.paths.some((path) => doubtful.has(path))}
          isLeft={segment.paths.some((path) => left.has(path))}
        />
      ))}
    </div>
  );
}

const Passage = memo(function Passage({
  segment,
  words,
  isLit,
  isDoubtful,
  isLeft,
}: {
  segment: Segment;
  words: string;
  isLit: boolean;
  isDoubtful: boolean;
  isLeft: boolean;
}) {
  if (segment.paths.length === 0) return <span>{words}</span>;
  return (
    <mark
      className={classes['passage']}
      data-path={segment.paths[0]}
      data-lit={isLit || undefined}
      data-doubtful={isDoubtful || undefined}
      data-left={isLeft || undefined}
    >
      {words}
    </mark>
  );
});

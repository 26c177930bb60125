import { above, type Forest } from '../../../domain/bridges/forest.ts';
import { sayBridgeClass, sayLack } from '../../../domain/bridges/sentences.ts';
import type { Language } from '../../../domain/text/language.ts';
import type { Words } from '../app/language.ts';

/** A spreadsheet takes what begins so for a formula, whoever wrote it. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return /[",\n;]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** Hands somebody the bridges that they have in sight as a file: where each hangs, and what it lacks. */
export function downloadList(forest: Forest, places: readonly number[], t: Words, language: Language): void {
  const head = (['unit', 'name', 'class', 'above', 'chair', 'capacity', 'people', 'lacks'] as const).map(
    (column) => t(`bridges.columns.${column}`),
  );
  const rows = places.flatMap((place) => {
    const node = forest.nodes[place];
    if (node === undefined) return [];
    const way = above(forest, node).map(({ name }) => name);
    const lacks = node.lacks.map((lack) => sayLack(lack, language));
    return [
      [
        node.unit ?? '',
        node.name,
        sayBridgeClass(node.class, language),
        way.join(', '),
        node.chair ?? '',
        node.capacity === null ? '' : String(node.capacity),
        String(node.expected),
        lacks.join(' '),
      ],
    ];
  });
  const text = [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');
  // The mark in front tells spreadsheets that this is UTF-8.
  const url = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${t('bridges.file')}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}

import type { Language } from '../../domain/text/language.ts';

/** What a command found: for scripts one JSON value, for people lines. A negative finding ends with exit code 1. */
export interface Report {
  readonly json: unknown;
  readonly lines: readonly string[];
  readonly negative?: boolean;
}

/** Something that the caller has to mend: a file that is not there, an option that fits nothing. Exit code 2. */
export class BadUsage extends Error {}

export interface Said {
  readonly vi: string;
  readonly en: string;
}

/** Words for people in the language that was asked for. */
export type Say = (vi: string, en: string) => string;

export function sayIn(language: Language): Say {
  return (vi, en) => (language === 'vi' ? vi : en);
}

export function badUsage(said: Said, language: Language): BadUsage {
  return new BadUsage(said[language]);
}

/** Writes a report. With `json` one JSON value and nothing else. */
export function print(report: Report, json: boolean): void {
  process.stdout.write(
    json ? `${JSON.stringify(report.json, null, 2)}\n` : report.lines.map((line) => `${line}\n`).join(''),
  );
}

/** Columns of a table for people, aligned by what is seen, not by bytes. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, seen(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - seen(cell)))
      .join('  ')
      .trimEnd(),
  );
}

const graphemes = new Intl.Segmenter('vi');

function seen(cell: string): number {
  return [...graphemes.segment(cell)].length;
}

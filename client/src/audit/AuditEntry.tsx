import { Button, Text } from '@mantine/core';

import { fieldWords } from '../../../domain/audit/fields.ts';
import { valueWords } from '../../../domain/audit/values.ts';
import { formatDateTime } from '../../../domain/text/dates.ts';
import type { Language } from '../../../domain/text/language.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { thingWords } from '../../../domain/audit/sentences.ts';
import type { Instant } from '../../../domain/time.ts';
import type { AuditRow, AuditThing } from '../../../domain/wire/audit.ts';
import { useWords } from '../app/language.ts';
import classes from './audit.module.css';

interface Props {
  readonly row: AuditRow;
  readonly onThing: (thing: AuditThing) => void;
  readonly onDoer: (account: string, name: string) => void;
}

/** One entry: its sentence, and behind it everything that the trail has of it. */
export function AuditEntry({ row, onThing, onDoer }: Props) {
  const { t, language } = useWords();
  const { place, kind, outcome, sentence, account, who, on, browser, filter, erased } = row;
  const mark = outcome === 'done' ? kind : outcome;
  return (
    <li className={classes['row']}>
      <details>
        <summary className={classes['summary']}>
          <span className={classes['mark']} data-mark={mark}>
            {t(`audit.mark.${mark}`)}
          </span>
          <span className={classes['sentence']}>{sentence}</span>
        </summary>
        <div className={classes['details']}>
          <Text size="sm" c="dimmed">
            {t('audit.place', { n: formatNumber(place, language) })}
            {browser === null ? '' : ` · ${browser}`}
          </Text>
          {erased ? <Text>{t('audit.erased')}</Text> : null}
          {filter === null ? null : <Values title={t('audit.filter')} values={[filter]} />}
          <Change row={row} />
          <div className={classes['ways']}>
            {account === null ? null : (
              <Button variant="default" size="compact-md" onClick={() => onDoer(account, who)}>
                {t('audit.allBy', { name: who })}
              </Button>
            )}
            {on.map((thing) => (
              <Button
                key={`${thing.kind} ${thing.id}`}
                variant="default"
                size="compact-md"
                onClick={() => onThing(thing)}
              >
                {t('audit.allOn', { name: thingWords(thing, language) })}
              </Button>
            ))}
          </div>
        </div>
      </details>
    </li>
  );
}

function Change({ row: { kind, before, after } }: { row: AuditRow }) {
  const { t } = useWords();
  if (kind === 'look' || (before === null && after === null)) return null;
  return (
    <Values
      title={t('audit.values')}
      headings={[t('audit.before'), t('audit.after')]}
      values={[before, after]}
    />
  );
}

const YES_OR_NO = { vi: ['không', 'có'], en: ['no', 'yes'] } as const;

type Fields = Readonly<Record<string, unknown>>;

/** Values side by side, field by field where they have fields. */
function Values({
  title,
  headings,
  values,
}: {
  title: string;
  headings?: readonly string[];
  values: readonly (string | null)[];
}) {
  const { language } = useWords();
  const read = values.map(fieldsOf);
  const names = [...new Set(read.flatMap((fields) => Object.keys(fields)))];
  return (
    <table className={classes['values']}>
      <caption>{title}</caption>
      {headings === undefined ? null : (
        <thead>
          <tr>
            <td />
            {headings.map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <th scope="row">{fieldWords(name, language)}</th>
            {read.map((fields, at) => (
              // The columns are before and after, and never change places.
              // oxlint-disable-next-line react/no-array-index-key
              <td key={at}>{valueText(name, fields[name], language)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The fields of a JSON text; what is no object stands under one name. */
function fieldsOf(text: string | null): Fields {
  if (text === null) return {};
  try {
    const value: unknown = JSON.parse(text);
    const isFields = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isFields ? (value as Fields) : { '': value };
  } catch {
    return { '': text };
  }
}

/** Smaller numbers are no moments of our time: of 1980 and before. */
const FIRST_MOMENT = 315_532_800_000;

function valueText(field: string, value: unknown, language: Language): string {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'boolean') return YES_OR_NO[language][Number(value)] ?? '';
  if (typeof value === 'number')
    return value > FIRST_MOMENT ? formatDateTime(value as Instant, language) : formatNumber(value, language);
  return typeof value === 'string' ? valueWords(field, value, language) : JSON.stringify(value);
}

import type { Translation } from '../translation.ts';

export const audit = {
  audit: {
    title: 'Audit trail',
    about:
      'Who looked at which list of people and who changed what, when, and from where. Nobody can change or remove an entry; the verifiable file shows it. Opening this page is an entry too.',
    notYours: 'You have no role as an auditor in this conference.',
    none: 'No entries',
    noneMore: 'Nobody has looked at or changed anything here yet, or the filter is too narrow.',
    more: 'Show earlier entries',
    who: 'Who: a name',
    kind: 'Everything',
    kinds: { look: 'Looks at lists', change: 'Changes', refused: 'Refused' },
    from: 'From',
    until: 'to',
    only: 'Only entries on: {{name}}',
    all: 'Show all',
    file: { xlsx: 'Download XLSX', csv: 'Download CSV', trail: 'Download the verifiable form' },
    mark: { look: 'Look', change: 'Change', refused: 'Refused', open: 'Not known' },
    place: 'Entry {{n}}',
    erased: 'The words of this entry were erased; ids and digests stand.',
    filter: 'Filter',
    values: 'Values',
    before: 'Before',
    after: 'After',
    allBy: 'Everything that {{name}} did',
    allOn: 'Every entry on {{name}}',
  },
} satisfies Partial<Translation>;

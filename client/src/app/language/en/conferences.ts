import type { Translation } from '../translation.ts';

export const conferences = {
  conferences: {
    title: 'Conferences',
    new: 'New conference',
    none: 'No conference yet',
    begin: 'Begin with the plan document: the program reads it and prepares a plan for you to look over.',
    noneForYou: 'As soon as the organizers give you work in a conference, it appears here.',
    number: 'No. {{number}}',
    noDate: 'No date yet',
    bridges: '{{n}} bridges',
    people: '{{n}} people',
  },
  conferenceState: { draft: 'in preparation', issued: 'issued' },
  newConference: {
    title: 'New conference',
    drop: 'Put the plan document here (Word, plain text)',
    reading: 'Reading the document…',
    about: 'The document is only read. Nothing is kept until you accept the plan.',
    other: 'Another document',
    accept: 'Accept and create the conference',
  },
} satisfies Partial<Translation>;

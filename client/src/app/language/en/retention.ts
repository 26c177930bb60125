import type { Translation } from '../translation.ts';

export const retention = {
  retention: {
    link: 'Retention',
    title: 'Retention',
    about:
      'After their period, names and what people wrote are deleted by themselves. Figures, the ledger, its chain and the versions of reports stay; where a name stood it says that it was deleted. Backups, exported files and prints are not reached.',
    lastDay: 'The last day of the conference is {{date}}; periods count from the day after.',
    days: 'Keep for (days)',
    never: 'without end',
    entries: 'Kept now: {{n}}',
    kept: 'Kept without end',
    on: 'Deleted on {{date}}',
    now: 'Over: deleted within the hour',
    deletedAt: 'Deleted at {{at}}',
    save: 'Save periods',
    askTitle: 'Something is over these periods already',
    askMore: 'If you save them, this is deleted within the hour and cannot be brought back:',
    saveAndDelete: 'Save and let it be deleted',
    kind: {
      people: 'Names of people',
      texts: 'What was written',
      accounts: 'Accounts of hosts',
      audit: 'Audit trail',
    },
    what: {
      people: 'Names, posts and contacts of the roster; names in headcount reports and on passes.',
      texts: 'Names of guests, reasons of absence and of what was undone, remarks, difficulties.',
      accounts: 'Accounts and sign-ins of those who were hosts in this conference alone; activation codes.',
      audit: 'Names, addresses, and values before and after; the entries themselves stay.',
    },
    deleteTitle: 'Delete now',
    deleteMore: 'Before its day, for good. The reason is kept.',
    deleteAsk: 'Deleted now: {{kinds}}. It cannot be brought back.',
    deleteNow: 'Delete now',
    done: '{{n}} entries were deleted. The figures are as they were.',
    usual: { over: 'No longer needed', asked: 'As the competent authority asked' },
    past: 'Deleted',
    was: '{{at}}: {{kind}}, {{n}} entries.',
    because: 'Its period was over.',
    reason: '{{by}}: {{reason}}',
  },
} satisfies Partial<Translation>;

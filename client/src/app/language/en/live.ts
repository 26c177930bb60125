import type { Translation } from '../translation.ts';

export const live = {
  live: {
    title: 'Live',
    of: 'Live: {{name}}',
    session: 'Session',
    noSession: 'Set a session, then watch it here.',
    noBridges: 'Live figures follow the bridge tree. Build the tree first.',
    connected: 'Live.',
    connecting: 'Connecting.',
    lost: 'The line is lost; these figures are old.',
    restarting: 'The server is being started anew; these figures are old.',
    age: 'As of {{at}}, {{age}} ago; up to entry {{sequence}}.',
    present: 'present',
    allPresent: 'present in all, with guests and head counts',
    bridges: '{{opened}} of {{of}} bridges opened, {{closed}} closed',
    openedOf: '{{n}} of {{of}} opened',
    ofSummoned: 'Present of the summoned',
    ofReported: 'All who attend, of the headcount reported',
    notReported: 'No report yet',
    notReportedMore: 'no bridge has reported its headcount',
    walkIn: 'guests in no list',
    counted: 'counted without names',
    elsewhere: 'attended elsewhere',
    below: 'Bridges below',
    takesNoPart:
      'No bridge here takes part in this session. Choose another session above, or look at the level above.',
    notAsked: 'takes no part',
    leaf: 'There are no bridges below.',
    summoned: 'summoned',
  },
  export: {
    title: 'Attendance report',
    about: 'Download the figures of this bridge and of all bridges below.',
    by: { bridge: 'By bridge', level: 'By level', person: 'By person' },
  },
} satisfies Partial<Translation>;

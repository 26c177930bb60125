import type { lines as vietnamese } from '../vi/lines.ts';

export const lines: typeof vietnamese = {
  lines: {
    title: 'Lines',
    about: 'Each bridge runs a test of two minutes before the day. One that is fit counts for 14 days.',
    views: 'What to see',
    view: { tests: 'Tests', incidents: 'Incidents in a session' },
    search: 'Find a bridge, marks not needed',
    standings: 'Filter by result',
    all: 'all',
    list: 'Lines of the bridges',
    nothing: 'There is no such bridge.',
    noBridges: 'There are no bridges yet. Build the bridge tree on the page of bridges.',
    measured: 'up {{up}} · down {{down}} · loss {{loss}}',
    unmeasured: 'not measured',
    tested: 'tested {{at}}',
    file: 'Download the list as {{format}}',
    open: 'Open the page of the test',
    openMore: 'The host opens it on the machine that will be used at the bridge.',
    history: 'Tests',
    noHistory: 'This bridge has not tested yet.',
    call: 'Whom to call',
    noContact: 'There is nobody to call',
  },
  incidents: {
    session: 'Session',
    none: 'There are no incidents',
    noneMore:
      'An incident is kept when the line of a bridge breaks, or picture and sound stay poor, during the session.',
    list: 'Incidents of lines',
    lasting: 'going on, since {{from}}',
    times: '{{from}} to {{to}}',
    more: '{{n}} more are in the file of the attendance report.',
  },
  feed: {
    dropped: 'no picture',
    poor: 'poor picture',
    fair: 'fair picture',
    good: 'good picture',
  },
};

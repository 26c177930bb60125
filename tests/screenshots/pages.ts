/** Where things are in the sample. */
export interface Places {
  readonly conference: string;
  readonly session: string;
  readonly province: string;
  readonly commune: string;
}

/** A page that has its picture in every language and size. */
export interface Shown {
  readonly name: string;
  path(places: Places): string;
}

/** The main pages, those of the hour before the start first: they change while it goes by. */
export const PAGES: readonly Shown[] = [
  { name: 'control', path: ({ conference }) => `/conferences/${conference}/control` },
  {
    name: 'control-province',
    path: ({ conference, province }) => `/conferences/${conference}/control/${province}`,
  },
  { name: 'wall', path: ({ conference }) => `/wall/${conference}` },
  { name: 'studio', path: ({ conference }) => `/conferences/${conference}/studio` },
  { name: 'tiles', path: ({ conference }) => `/tiles/${conference}` },
  {
    name: 'station',
    path: ({ conference, session, commune }) => `/station/${conference}/${session}/${commune}`,
  },
  { name: 'agenda', path: ({ conference }) => `/conferences/${conference}/agenda` },
  { name: 'door', path: ({ conference, session, commune }) => `/door/${conference}/${session}/${commune}` },
  { name: 'live', path: ({ conference }) => `/conferences/${conference}/live` },
  { name: 'conferences', path: () => '/' },
  { name: 'new-conference', path: () => '/conferences/new' },
  { name: 'plan', path: ({ conference }) => `/conferences/${conference}/plan` },
  { name: 'bridges', path: ({ conference }) => `/conferences/${conference}/bridges` },
  { name: 'people', path: ({ conference }) => `/conferences/${conference}/people` },
  { name: 'placement', path: ({ conference }) => `/conferences/${conference}/placement` },
  { name: 'reports', path: ({ conference }) => `/conferences/${conference}/reports` },
  { name: 'invitations', path: ({ conference }) => `/conferences/${conference}/invitations` },
  { name: 'letters', path: ({ conference }) => `/conferences/${conference}/letters` },
  { name: 'guests', path: ({ conference }) => `/conferences/${conference}/guests` },
  { name: 'papers', path: ({ conference }) => `/conferences/${conference}/papers` },
  { name: 'schedule', path: () => '/schedule?day=2025-01-13' },
  {
    name: 'schedule-timeline',
    path: ({ conference }) => `/conferences/${conference}/schedule?view=timeline&reach=month`,
  },
  {
    name: 'headcount',
    path: ({ conference, commune }) => `/conferences/${conference}/bridges/${commune}/headcount`,
  },
  {
    name: 'seats',
    path: ({ conference, commune }) => `/conferences/${conference}/bridges/${commune}/seats`,
  },
  {
    name: 'devices',
    path: ({ conference, commune }) => `/conferences/${conference}/bridges/${commune}/devices`,
  },
  {
    name: 'hosts',
    path: ({ conference, province }) => `/conferences/${conference}/bridges/${province}/hosts`,
  },
  {
    name: 'summary',
    path: ({ conference, session, commune }) => `/summary/${conference}/${session}/${commune}`,
  },
  {
    name: 'follow-up',
    path: ({ conference, commune }) => `/conferences/${conference}/bridges/${commune}/follow-up`,
  },
  { name: 'lines', path: ({ conference }) => `/conferences/${conference}/lines` },
  { name: 'line-test', path: ({ conference, commune }) => `/line-test/${conference}/${commune}` },
  { name: 'roles', path: ({ conference }) => `/conferences/${conference}/roles` },
  { name: 'audit', path: ({ conference }) => `/conferences/${conference}/audit` },
  { name: 'units', path: () => '/units' },
  { name: 'account', path: () => '/account' },
];

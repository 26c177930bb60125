/** The arrows of the house: client -> domain <- server, routes -> commands -> store, capability -> platform. */
const capability = '^server/(?!platform/|documents/|cli/|demo/|main\\.ts|cli\\.ts)[^/]+/';

export default {
  forbidden: [
    {
      name: 'client-not-server',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^(server|tests|fixtures)/' },
    },
    {
      // The whole table of contracts is heavy: a page takes those of the rooms that it calls.
      name: 'pages-name-their-contracts',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^domain/wire/api\\.ts$' },
    },
    {
      name: 'server-not-client',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(client|tests)/' },
    },
    {
      name: 'domain-only-zod-luxon-and-itself',
      severity: 'error',
      from: { path: '^domain/' },
      to: { pathNot: '^(domain/|node_modules/(@types/)?(zod|luxon)/)' },
    },
    {
      name: 'platform-knows-no-capability',
      severity: 'error',
      from: { path: '^server/platform/' },
      to: { path: '^server/', pathNot: '^server/platform/' },
    },
    {
      name: 'routes-and-sockets-do-not-touch-storage',
      severity: 'error',
      from: { path: '^server/[^/]+/(routes|sockets)\\.ts$' },
      to: {
        path: '(^server/[^/]+/[a-z-]*store\\.ts$|^server/platform/database\\.ts$|node_modules/(knex|sqlite3)/)',
      },
    },
    {
      name: 'commands-and-queries-know-no-http',
      severity: 'error',
      from: { path: '^server/[^/]+/[a-z-]*(commands|queries|store|present)\\.ts$' },
      to: { path: '(^server/[^/]+/(routes|sockets)\\.ts$|node_modules/(express|socket\\.io)/)' },
    },
    {
      name: 'stores-decide-nothing',
      severity: 'error',
      from: { path: '^server/[^/]+/[a-z-]*store\\.ts$' },
      to: { path: '^server/[^/]+/[a-z-]*(commands|queries|present|gate)\\.ts$' },
    },
    {
      name: 'presenters-neither-read-nor-write',
      severity: 'error',
      from: { path: '^server/[^/]+/present\\.ts$' },
      // The shape of what it presents is theirs to say.
      to: {
        path: '^server/[^/]+/[a-z-]*(store|commands|queries)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'sql-only-in-stores',
      severity: 'error',
      from: { path: capability, pathNot: '/[a-z-]*store\\.ts$' },
      to: { path: 'node_modules/(knex|sqlite3)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:|\\?url$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};

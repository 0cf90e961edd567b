/** Which module may use which. A module uses only modules that stand above it. */
const uses = {
  access: [],
  objects: [],
  customers: ['access', 'objects'],
  channels: ['access'],
  inbox: ['access', 'objects', 'customers', 'channels'],
  exchange: ['access', 'objects', 'customers'],
  integrations: ['access', 'objects', 'customers', 'channels', 'inbox'],
}

const SERVER = '^(app|platform|modules/[^/]+)/server/'
const BROWSER = '^(app|platform|modules/[^/]+)/(web|widget)/'
const DOORS = '^modules/[^/]+/(contract|server|web)/index\\.tsx?$'
/** Tests and what only tests use. */
const TESTS = '(\\.(test|fixture)\\.tsx?|/(testing|adapter-contract)\\.ts)$'
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    forbid(
      'no-cycles',
      'Two files that need each other while they run are one file; types may point both ways.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid(
      'known-module',
      'A module is listed in `uses`, with what it may use.',
      { path: '^modules/', pathNot: `^modules/(${Object.keys(uses).join('|')})/` },
      {},
    ),
    forbid(
      'doors-only',
      'Another module is reached by one of its three doors.',
      { path: '^modules/([^/]+)/', pathNot: TESTS },
      { path: '^modules/', pathNot: ['^modules/$1/', DOORS] },
    ),
    forbid(
      'doors-only-for-app',
      'The composition root uses doors too.',
      { path: '^app/', pathNot: TESTS },
      { path: '^modules/', pathNot: DOORS },
    ),
    ...Object.entries(uses).map(([name, allowed]) =>
      forbid(
        `${name}-uses`,
        `${name} may use only: ${allowed.join(', ') || 'no other module'}.`,
        { path: `^modules/${name}/`, pathNot: TESTS },
        { path: '^modules/', pathNot: `^modules/(${[name, ...allowed].join('|')})/` },
      ),
    ),
    forbid(
      'contract-is-pure',
      'A contract runs in the browser and on the server.',
      { path: '^modules/[^/]+/contract/', pathNot: TESTS },
      { pathNot: ['^modules/[^/]+/contract/', '^platform/shared/', '(^|/)node_modules/zod/'] },
    ),
    forbid(
      'shared-is-pure',
      'What both sides share runs in the browser and on the server.',
      { path: '^platform/shared/', pathNot: TESTS },
      { pathNot: ['^platform/shared/', '(^|/)node_modules/(zod|libphonenumber-js)/'] },
    ),
    forbid(
      'widget-is-tiny',
      'The widget knows contracts only: it is loaded by strangers.',
      { path: '^app/widget/', pathNot: TESTS },
      {
        path: '^(app|platform|modules)/',
        pathNot: ['^app/widget/', '^modules/[^/]+/contract/', '^platform/shared/'],
      },
    ),
    forbid('browser-not-server', 'Browser code never imports server code.', { path: BROWSER }, { path: SERVER }),
    forbid('server-not-browser', 'Server code never imports browser code.', { path: SERVER }, { path: BROWSER }),
    forbid(
      'platform-knows-no-module',
      'It would work in another product.',
      { path: '^platform/', pathNot: TESTS },
      { path: '^(modules|app)/' },
    ),
    forbid(
      'only-app-composes',
      'Nothing imports the composition root.',
      { path: '^(modules|platform)/', pathNot: TESTS },
      { path: '^app/' },
    ),
    forbid(
      'product-not-tests',
      'The product runs without its tests.',
      { path: '^(app|modules|platform)/', pathNot: TESTS },
      { path: TESTS },
    ),
    forbid(
      'product-not-tools',
      'The product runs without its tools.',
      { path: '^(app|modules|platform)/', pathNot: TESTS },
      { path: '^(scripts|bench|tests)/' },
    ),
    forbid(
      'adapters-are-islands',
      'An adapter knows the adapter interface, the form of webhooks and itself.',
      { path: '^modules/channels/server/adapters/([^/]+)/', pathNot: TESTS },
      {
        path: '^(modules|platform)/',
        pathNot: [
          '^modules/channels/server/adapters/$1/',
          '^modules/channels/server/channel-adapter\\.ts$',
          '^modules/channels/contract/',
          '^platform/shared/',
          '^platform/server/webhooks\\.ts$',
        ],
      },
    ),
    forbid(
      'sql-in-queries',
      'Only *.queries.ts and the platform talk to the database driver.',
      { path: '^(modules|app)/', pathNot: ['\\.queries\\.ts$', TESTS] },
      { path: 'node_modules/(kysely|pg)/', dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data)/' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
}

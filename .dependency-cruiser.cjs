/** Who may know whom. Each rule's comment says what to do instead. */
const only = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { pathNot: [...allowed, '^node_modules/', '^node:', from], path: '^(server|web|tests)/' },
});

/** The port: its methods, and the types that they take and return. */
const PORT = '^server/store/(fact-store|fact-write|store-record|stored-document)\\.ts$';
/** The port and what every adapter shares. */
const SHARED = '^server/store/(plan/)?[^/]+\\.ts$';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', comment: 'Move what both need into a file of its own.', from: {}, to: { circular: true } },
    only(
      'domain-knows-nobody',
      '^server/domain/',
      ['^server/import/vocabulary/(legal-forms-of|vocabulary-rows)\\.ts$'],
      'The facts are the innermost ring: pass in what is needed. Only legal forms are data, and a constant of the process.',
    ),
    only('rules-know-the-domain', '^server/rules/', ['^server/domain/'], 'A rule is a function over plain values: pass them in.'),
    only(
      'port-knows-the-rules',
      SHARED,
      ['^server/domain/', '^server/rules/', '^server/store/'],
      'A store keeps facts. Ask a projection what they mean.',
    ),
    only(
      'sqlite-is-an-adapter',
      '^server/store/sqlite/',
      ['^server/domain/', '^server/rules/', '^server/start-thread\\.ts$', SHARED],
      'What every adapter needs belongs beside the port.',
    ),
    only(
      'neo4j-is-an-adapter',
      '^server/store/neo4j/',
      ['^server/domain/', '^server/rules/', SHARED],
      'What every adapter needs belongs beside the port.',
    ),
    {
      name: 'adapters-are-opened-in-one-place',
      severity: 'error',
      comment: 'Ask open-store.ts for a store.',
      from: { path: '^server/', pathNot: '^server/store/(open-store\\.ts|sqlite/|neo4j/)' },
      to: { path: '^server/store/(sqlite|neo4j)/' },
    },
    {
      name: 'sqlite-stays-in-its-adapter',
      severity: 'error',
      comment: 'Widen the port by a coarse method instead.',
      from: { path: '^server/', pathNot: '^server/store/sqlite/' },
      to: { path: '^node_modules/better-sqlite3' },
    },
    {
      name: 'neo4j-driver-stays-in-its-adapter',
      severity: 'error',
      comment: 'Widen the port by a coarse method instead.',
      from: { path: '^server/', pathNot: '^server/store/neo4j/' },
      to: { path: '^node_modules/neo4j-driver' },
    },
    {
      name: 'projection-builds-without-io',
      severity: 'error',
      comment: 'refresh.ts and read-changes.ts alone read the store; the build takes facts.',
      from: { path: '^server/projection/', pathNot: '^server/projection/refresh/(refresh|read-changes)\\.ts$' },
      to: { path: '^server/', pathNot: '^server/(domain|rules|projection)/' },
    },
    {
      name: 'refresh-knows-the-port',
      severity: 'error',
      comment: 'A projection is made of facts and nothing else.',
      from: { path: '^server/projection/refresh/(refresh|read-changes)\\.ts$' },
      to: { path: '^server/', pathNot: ['^server/(domain|rules|projection)/', PORT] },
    },
    only(
      'questions-are-pure',
      '^server/(exposure|explore)/',
      ['^server/domain/', '^server/rules/', '^server/projection/', '^server/exposure/', '^server/explore/'],
      'A question is a function of a projection: pass in what else it needs.',
    ),
    {
      name: 'threads-do-no-io',
      severity: 'error',
      comment: 'Give the worker a projection and parameters.',
      from: { path: '^server/questions/run/worker\\.ts$' },
      to: { path: '^server/(store|graphql|http|cli|import|backup)/' },
    },
    only(
      'import-knows-the-port',
      '^server/import/',
      ['^server/domain/', '^server/rules/', '^server/store/', '^server/export/csv\\.ts$', '^server/(start-thread|package-root)\\.ts$'],
      'What an import shows of a radius is asked by who shows it.',
    ),
    only(
      'auth-knows-the-port',
      '^server/auth/',
      ['^server/domain/', '^server/rules/', PORT, '^server/read-json-file\\.ts$'],
      'Who may do what is independent of what is asked.',
    ),
    only(
      'audit-knows-files',
      '^server/audit/',
      ['^server/domain/', '^server/store/make-folder\\.ts$'],
      'The trail records what it is told.',
    ),
    only(
      'backup-knows-the-port',
      '^server/backup/',
      ['^server/domain/', PORT],
      'A backup is what the port tells, so that every store can be made of it.',
    ),
    only(
      'exports-are-rows',
      '^server/export/',
      [
        '^server/domain/',
        '^server/rules/',
        '^server/projection/',
        '^server/exposure/',
        '^server/explore/',
        PORT,
        '^server/store/merges/read-meanings\\.ts$',
        '^server/import/rows/(table-fields|incident-scope)\\.ts$',
      ],
      'Rows are made of answers; who asks is the edge.',
    ),
    {
      name: 'edges-ask-questions',
      severity: 'error',
      comment:
        'Write an ask-… function in server/questions: it chooses the facts, guards the time and caches. An edge may run only what describes ' +
        'one row of an answer that it has: rules, columns and keys of a projection, the id and interval of a copy, the sentence of a way.',
      from: { path: '^server/(graphql|http|cli)/' },
      to: {
        path: '^server/(store|projection|exposure|explore)/',
        pathNot: [
          '^server/projection/(csr|copy-fields|links|projection)\\.ts$',
          '^server/exposure/(radius/because|scenario/scenario-copy)\\.ts$',
          PORT,
          '^server/store/(damaged-store|make-folder|open-store|snapshot-path)\\.ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'pages-and-api-open-no-store',
      severity: 'error',
      comment: 'main.ts opens the store. Ask a question, or commit a draft of an import.',
      from: { path: '^server/(graphql|http)/' },
      to: { path: '^server/(store|backup)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'questions-know-no-caller',
      severity: 'error',
      comment: 'Turn the call around: pass in what the question needs. A thread may write a document that the caller made.',
      from: { path: '^server/questions/' },
      to: { path: '^server/(graphql|http|cli|import|export|backup|main|load-demo)', pathNot: '^server/export/document/' },
    },
    {
      name: 'inside-knows-no-edge',
      severity: 'error',
      comment: 'Turn the call around.',
      from: { path: '^server/(domain|store|projection|exposure|explore|import|export|backup)/' },
      to: { path: '^server/(graphql|http|cli|main)' },
    },
    {
      name: 'page-meets-schema-only',
      severity: 'error',
      comment: 'Ask the API: the page shares no code with the server.',
      from: { path: '^web/' },
      to: { path: '^server/' },
    },
    {
      name: 'server-serves-no-source',
      severity: 'error',
      comment: 'The page is built into dist/web.',
      from: { path: '^server/' },
      to: { path: '^web/' },
    },
    {
      name: 'features-never-meet',
      severity: 'error',
      comment: 'They meet in web/app; what both need goes to web/shared.',
      from: { path: '^web/features/([^/]+)/' },
      to: { path: '^web/features/', pathNot: '^web/features/$1/' },
    },
    only('shared-knows-no-feature', '^web/shared/', [], 'Pass it in.'),
    only('canvas-draws', '^web/canvas/', ['^web/shared/'], 'The canvas is given what to draw.'),
    {
      name: 'cytoscape-stays-in-canvas',
      severity: 'error',
      comment: 'Use a component of web/canvas.',
      from: { pathNot: '^(web/canvas|tests)/' },
      to: { path: '^node_modules/cytoscape' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      comment: 'Move it out of tests.',
      from: { path: '^(server|web)/' },
      to: { path: '^tests/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'] },
  },
};

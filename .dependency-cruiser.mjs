/**
 * The walls between rooms (docs/architecture.md). A room is recognised by what it may touch.
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle means that two files are one.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'contracts-import-nothing-of-ours',
      severity: 'error',
      from: { path: '^packages/contracts/src' },
      to: { path: '^(packages/(?!contracts/)|services/)' },
    },
    {
      name: 'contracts-do-no-io',
      severity: 'error',
      from: { path: '^packages/contracts/src' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'language-and-kit-import-contracts-only',
      severity: 'error',
      from: { path: '^packages/(language|service-kit)/src' },
      to: { path: '^(packages|services)/', pathNot: '^packages/(contracts|$1)/' },
    },
    {
      name: 'manifests-import-contracts-only',
      comment: 'What a world is made of follows from the tables alone.',
      severity: 'error',
      from: { path: '^packages/manifests/src' },
      to: { path: '^(packages|services)/', pathNot: '^packages/(contracts|manifests)/' },
    },
    {
      name: 'databases-know-no-world',
      comment: 'What is done to databases is the same on one machine and in the cluster.',
      severity: 'error',
      from: { path: '^packages/databases/src' },
      to: { path: '^(packages|services)/', pathNot: '^packages/(databases|contracts|service-kit|backup)/' },
    },
    {
      name: 'language-is-pure',
      severity: 'error',
      from: { path: '^packages/language/src' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'transparency-log-stands-alone',
      comment:
        'Anybody can read it, check it and use it without the rest. Of Node it uses what computes, such as hashes.',
      severity: 'error',
      from: { path: '^packages/transparency-log/src' },
      to: { path: '^(packages/(?!transparency-log/)|services/)' },
    },
    {
      name: 'transparency-log-does-no-io',
      severity: 'error',
      from: { path: '^packages/transparency-log/src' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|buffer)$' },
    },
    {
      name: 'services-are-strangers',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'services-stand-on-three-packages',
      comment: 'Only the audit commands that look at a running platform may ask the platform where it is.',
      severity: 'error',
      from: {
        path: '^services/[^/]+/src',
        pathNot: '(\\.test\\.ts$|^services/audit/src/(runningLog|scanCommand)\\.ts$|/testing/)',
      },
      to: { path: '^packages/(local-platform|web)' },
    },
    {
      name: 'witness-shares-nothing',
      comment:
        'The witness has its own key, store and process: of ours it knows only what a log and its checkpoints are.',
      severity: 'error',
      from: { path: '^services/audit/witness/' },
      to: { path: '^(packages|services)/', pathNot: '^(packages/transparency-log/|services/audit/witness/)' },
    },
    {
      name: 'nobody-reaches-into-the-witness',
      severity: 'error',
      from: { path: '^(packages|services)/', pathNot: '^services/audit/(witness|test)/' },
      to: { path: '^services/audit/witness/' },
    },
    {
      name: 'domain-is-pure',
      comment:
        'A domain folder knows contracts, language and itself; neither a library that does I/O nor the kit, but for its shapes of personal data, which only compute.',
      severity: 'error',
      from: { path: '^services/([^/]+)/src/domain', pathNot: '\\.test\\.ts$' },
      to: {
        path: '(^services/[^/]+/(src/(adapters|routes|commands|queries|events)|generated)|^packages/service-kit/(?!src/personalDataPlaces\\.ts$)|node_modules/(express|pg|kafkajs|@prisma|@dapr|pino)/)',
      },
    },
    {
      name: 'domain-does-no-io',
      comment: 'Of Node, a domain folder may use what computes, such as hashes.',
      severity: 'error',
      from: { path: '^services/([^/]+)/src/domain', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|buffer)$' },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: '^(packages|services)/[^/]+/src', pathNot: '(\\.test\\.ts$|/testing(/|\\.ts$))' },
      to: { path: '^(packages|services)/[^/]+/(test/|src/testing(/|\\.ts$)|src/.*\\.test\\.ts$)' },
    },
    {
      name: 'only-adapters-and-routes-know-the-outside',
      severity: 'error',
      from: { path: '^services/[^/]+/src/(domain|ports|commands|queries)', pathNot: '\\.test\\.ts$' },
      to: { path: '(^services/[^/]+/generated|node_modules/(express|pg|kafkajs|@prisma|@dapr)/)' },
    },
    {
      name: 'kafkajs-behind-its-adapters',
      comment: 'kafkajs is no longer maintained: only its adapters import it, so that it can be replaced.',
      severity: 'error',
      from: { path: '^(packages|services)/', pathNot: '(/adapters/kafka|/kafka/|\\.test\\.ts$)' },
      to: { path: 'node_modules/kafkajs' },
    },
    {
      name: 'web-imports-contracts-only',
      severity: 'error',
      from: { path: '^packages/web/src' },
      to: { path: '^(packages/(?!contracts/|web/)|services/)' },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '/generated/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/generated/|/dist/|^\\.state)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};

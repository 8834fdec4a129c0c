// The order of the folders behind docs/ARCHITECTURE.md: a folder imports from those before it, never from those after it.

const CORE = [
  'errors',
  'numeric',
  'input',
  'patterns',
  'templates',
  'formats',
  'records',
  'events',
  'blocks',
  'features',
  'model',
  'detect',
  'scan',
  'training',
  'evaluation',
  'findings',
  'verdict',
  'detectors',
  'follow',
  'mapReduce',
];
const NODE = ['files', 'tables', 'reports', 'settings', 'models', 'scan', 'mapReduce', 'training'];
const EXTENSION = ['base', 'engine', 'results', 'tree', 'documents', 'marks', 'scan'];

/**
 * Each folder of a layer against those that come after it.
 *
 * @param {string} layer
 * @param {string[]} folders
 */
function inOrder(layer, folders) {
  const rules = folders.slice(0, -1).map((folder, i) => ({
    name: `${layer}-order`,
    severity: 'error',
    comment: `${layer} is in the order ${folders.join(', ')}: a folder imports from those before it`,
    from: { path: `^src/${layer}/${folder}/` },
    to: { path: `^src/${layer}/(${folders.slice(i + 1).join('|')})/` },
  }));
  return [
    ...rules,
    {
      name: `${layer}-folders`,
      severity: 'error',
      comment: `a folder of ${layer} that .dependency-cruiser.mjs does not name has no place in the order`,
      from: {},
      to: { path: `^src/${layer}/[^/]+/`, pathNot: `^src/${layer}/(${folders.join('|')})/` },
    },
  ];
}

export default {
  forbidden: [
    {
      name: 'no-circle',
      severity: 'error',
      comment: 'files that import each other are one file in two',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-tests-in-src',
      severity: 'error',
      comment: 'what only tests, the bench or the fuzzer use lies there',
      from: { path: '^src/' },
      to: { path: '^(test|bench|fuzz)/' },
    },
    ...inOrder('core', CORE),
    ...inOrder('node', NODE),
    ...inOrder('extension', EXTENSION),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|out|node_modules)/' },
  },
};

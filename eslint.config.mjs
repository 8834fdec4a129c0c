import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { layers } from './scripts/eslint/layers.mjs';

const noForcedEnd = [
  {
    selector:
      "CallExpression[callee.object.name='process'][callee.property.name=/^(exit|abort|kill|reallyExit)$/]:not([arguments.1.value=0])",
    message: 'A process that ends while ONNX Runtime is busy aborts: set process.exitCode and let it end.',
  },
  {
    selector: "CallExpression[callee.property.name='terminate']",
    message: 'Terminating a busy worker aborts the whole process: ask it to shut down instead.',
  },
];

const noFocusedTests = [
  {
    selector:
      'MemberExpression[object.name=/^(it|describe|context|specify|suite|test)$/][property.name=/^(only|skip)$/]',
    message: 'A focused or skipped test hides others: remove it.',
  },
  {
    selector: 'CallExpression[callee.name=/^(xit|xdescribe|xcontext|xspecify)$/]',
    message: 'A skipped test hides a fault: remove it.',
  },
  {
    selector: "CallExpression[callee.object.type='ThisExpression'][callee.property.name='skip']",
    message: 'Only missing shared data may skip a test: use skipWithoutSharedData.',
  },
];

const noNondeterminism = [
  { object: 'Math', property: 'random', message: 'core is deterministic: take a seeded generator.' },
  { object: 'Date', property: 'now', message: 'core has no clock: take the time as an argument.' },
];

export default defineConfig(
  { ignores: ['dist/', 'out/', '**/node_modules/', 'test/vscode-offline*/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { local: { rules: { layers } } },
    rules: {
      'local/layers': 'error',
      eqeqeq: 'error',
      'no-constant-condition': 'error',
      'no-fallthrough': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-deprecated': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/return-await': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // An async function without await is how a synchronous answer fits an asynchronous interface.
      '@typescript-eslint/require-await': 'off',
      // The interfaces of this project are written in method style and hold no `this`.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...noForcedEnd] },
  },
  {
    files: ['src/{core,node,worker,extension}/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error', ...noNondeterminism],
      'no-restricted-globals': [
        'error',
        'process',
        'Buffer',
        'performance',
        'setTimeout',
        'setInterval',
        'setImmediate',
      ],
    },
  },
  {
    files: ['test/**/*.test.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...noFocusedTests],
      // Mocha's `this` is how a test sets its time limit or skips.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
    },
  },
  {
    files: ['**/*.mjs'],
    rules: { eqeqeq: 'error', 'no-var': 'error', 'prefer-const': 'error', 'no-unused-vars': 'error' },
  },
);

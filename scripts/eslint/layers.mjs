// The lint rule behind the arrows of docs/ARCHITECTURE.md: core <- node <- worker <- cli, extension.
import { builtinModules } from 'node:module';
import path from 'node:path';

/**
 * Which folders of src/ the files of a folder may import, beside their own.
 *
 * @type {Record<string, string[]>}
 */
const mayImport = {
  core: [],
  node: ['core'],
  worker: ['core', 'node'],
  cli: ['core', 'node', 'worker'],
  extension: ['core', 'node', 'worker'],
};

/** Packages that belong to some folders alone, by the beginning of their names. */
const packageOwners = [
  { prefix: 'vscode', folders: ['extension'], why: 'only src/extension knows the editor' },
  { prefix: 'onnxruntime', folders: ['node'], why: 'ONNX Runtime sessions live in src/node' },
];

const nodeModules = new Set(builtinModules);

/** @type {import('eslint').Rule.RuleModule} */
export const layers = {
  meta: {
    type: 'problem',
    docs: { description: 'Imports follow the layers core <- node <- worker <- cli, extension.' },
    schema: [],
    messages: {
      layer: 'src/{{from}} must not import src/{{to}}: the arrows point core <- node <- worker <- cli, extension.',
      outside: 'src/{{from}} must not import {{name}}, which is no part of src/.',
      system: 'src/core must not import {{name}}: core is pure, what touches the operating system is in src/node.',
      package: 'src/{{from}} must not import {{name}}: {{why}}.',
    },
  },
  create(context) {
    const source = path.join(context.cwd, 'src');
    const [from] = path.relative(source, context.filename).split(path.sep);
    if (!(from in mayImport)) return {};

    /** @param {{ type: string, value?: unknown } | null | undefined} node */
    function check(node) {
      if (node?.type !== 'Literal' || typeof node.value !== 'string') return;
      const fault = findFault(node.value);
      if (fault) context.report({ node, ...fault });
    }

    /** @param {string} name */
    function findFault(name) {
      if (name.startsWith('.')) {
        const target = path.relative(source, path.resolve(path.dirname(context.filename), name));
        const [to] = target.split(path.sep);
        // Name and version of the program.
        if (target === path.join('..', 'package.json') && from !== 'core') return undefined;
        if (!(to in mayImport)) return { messageId: 'outside', data: { from, name } };
        if (to === from || mayImport[from].includes(to)) return undefined;
        return { messageId: 'layer', data: { from, to } };
      }
      const isSystem = name.startsWith('node:') || nodeModules.has(name.split('/')[0]);
      if (isSystem) return from === 'core' ? { messageId: 'system', data: { name } } : undefined;
      const owner = packageOwners.find(({ prefix }) => name.startsWith(prefix));
      if (!owner || owner.folders.includes(from)) return undefined;
      return { messageId: 'package', data: { from, name, why: owner.why } };
    }

    /** @type {Record<string, (node: any) => void>} */
    const listeners = {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source ?? node.argument?.literal),
      TSExternalModuleReference: (node) => check(node.expression),
      "CallExpression[callee.name='require']": (node) => check(node.arguments[0]),
    };
    return listeners;
  },
};

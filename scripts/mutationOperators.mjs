// The ways in which a source is broken on purpose.
import ts from 'typescript';

/**
 * A change of a source that a test should notice.
 *
 * @typedef {object} Mutant
 * @property {string} file
 * @property {number} line from 1
 * @property {number} start where the text begins that is replaced
 * @property {number} end
 * @property {string} before
 * @property {string} after
 */

/** @type {Record<string, string[]>} */
const OPERATORS = {
  // Boundary, then relational.
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '&&': ['||'],
  '||': ['&&'],
  '+=': ['-='],
  '-=': ['+='],
  '>>>': ['<<'],
  '&': ['|'],
  '|': ['&'],
};

/**
 * All mutants of a source.
 *
 * @param {string} file
 * @param {string} text
 * @returns {Mutant[]}
 */
export function mutantsOf(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  /** @type {Mutant[]} */
  const mutants = [];
  const replace = (/** @type {ts.Node} */ node, /** @type {string} */ after) => {
    const [start, end] = [node.getStart(source), node.getEnd()];
    const { line } = source.getLineAndCharacterOfPosition(start);
    mutants.push({ file, line: line + 1, start, end, before: text.slice(start, end), after });
  };
  const isText = (/** @type {ts.Node} */ node) => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
  const visit = (/** @type {ts.Node} */ node) => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return;
    if (ts.isBinaryExpression(node) && !isText(node.left) && !isText(node.right)) {
      for (const after of OPERATORS[node.operatorToken.getText(source)] ?? []) replace(node.operatorToken, after);
    } else if (ts.isNumericLiteral(node)) {
      replace(node, String(Number(node.text.replaceAll('_', '')) + 1));
    } else if (node.kind === ts.SyntaxKind.TrueKeyword) {
      replace(node, 'false');
    } else if (node.kind === ts.SyntaxKind.FalseKeyword) {
      replace(node, 'true');
    } else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
      replace(node, node.operand.getText(source));
    } else if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) {
      if (node.expression.expression.kind !== ts.SyntaxKind.SuperKeyword) replace(node, ';');
    } else if (ts.isPropertyAccessExpression(node) && node.expression.getText(source) === 'Math') {
      if (node.name.text === 'min') replace(node.name, 'max');
      if (node.name.text === 'max') replace(node.name, 'min');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mutants;
}

import { childrenOf, isSyntaxNode, type SyntaxNode, syntaxTreeOf } from '../syntax.ts';

/**
 * Finds where a value from outside enters the typed code unchecked. `JSON.parse(…)` and `….json()` give `any`, which the
 * compiler lets through in silence; each must go straight into a schema (or another call that takes `unknown`), or
 * into a variable declared `unknown`.
 *
 * @param source TypeScript text
 * @param file its name: only a `.tsx` may hold JSX
 * @returns the texts of the offending calls' beginnings, as `JSON.parse` or `.json()`, one for each
 */
export function uncheckedJson(source: string, file: string): string[] {
  const found: string[] = [];
  visit(syntaxTreeOf(source, file), undefined, found);
  return found;
}

function visit(value: unknown, parent: SyntaxNode | undefined, found: string[]): void {
  let around = parent;
  if (isSyntaxNode(value)) {
    const name = jsonCall(value);
    if (name !== undefined && !isChecked(parent)) found.push(name);
    // `await` and brackets hand the same value on.
    if (!transparent.has(value.type)) around = value;
  }
  for (const child of childrenOf(value)) visit(child, around, found);
}

const transparent = new Set(['AwaitExpression', 'ParenthesisExpression']);

function jsonCall(node: SyntaxNode): string | undefined {
  if (node.type !== 'CallExpression' || !isSyntaxNode(node.callee) || node.callee.type !== 'MemberExpression')
    return undefined;
  const property = node.callee.property;
  const name = isSyntaxNode(property) && property.type === 'Identifier' ? property.value : undefined;
  const object = node.callee.object;
  if (name === 'parse' && isSyntaxNode(object) && object.type === 'Identifier' && object.value === 'JSON')
    return 'JSON.parse';
  if (name === 'json' && Array.isArray(node.arguments) && node.arguments.length === 0) return '.json()';
  return undefined;
}

function isChecked(parent: SyntaxNode | undefined): boolean {
  if (parent === undefined) return false;
  if (parent.type === 'CallExpression') return true;
  if (parent.type === 'VariableDeclarator') return isUnknownKeyword(declaredTypeOf(parent.id));
  if (parent.type === 'TsAsExpression') return isUnknownKeyword(parent.typeAnnotation);
  return (
    parent.type === 'ReturnStatement' || parent.type === 'ArrowFunctionExpression' || parent.type === 'UnaryExpression'
  );
}

function declaredTypeOf(pattern: unknown): unknown {
  if (!isSyntaxNode(pattern)) return undefined;
  const annotation = pattern.typeAnnotation;
  return isSyntaxNode(annotation) ? annotation.typeAnnotation : undefined;
}

function isUnknownKeyword(type: unknown): boolean {
  return isSyntaxNode(type) && type.type === 'TsKeywordType' && type.kind === 'unknown';
}

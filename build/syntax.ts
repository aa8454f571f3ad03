import { parseSync } from '@swc/core';

/** A node of the syntax tree: its kind, and whatever else that kind has. */
export type SyntaxNode = Record<string, unknown> & { type: string };

/**
 * @param source TypeScript text
 * @param file its name: only a `.tsx` may hold JSX, for the two grammars read `<T>(` differently
 * @returns the syntax tree of the module
 * @throws when the text cannot be parsed
 */
export function syntaxTreeOf(source: string, file: string): SyntaxNode {
  const tree: unknown = parseSync(source, { syntax: 'typescript', tsx: file.endsWith('x'), target: 'es2024' });
  if (!isSyntaxNode(tree)) throw new Error('the parser gave no tree');
  return tree;
}

export function isSyntaxNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** What stands directly inside a value of the tree, lists and nameless wrappers included. */
export function childrenOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}

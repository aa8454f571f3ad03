import { childrenOf, isSyntaxNode, type SyntaxNode, syntaxTreeOf } from '../syntax.ts';

/** One test as its file declares it: the titles of the groups around it, then its own, joined by ' › '. */
export interface DeclaredTest {
  title: string;
  /** The innermost title alone. */
  name: string;
}

const testNames = new Set(['it', 'test']);
const groupNames = new Set(['describe', 'suite']);
/** A test that does not run proves nothing, so it is not listed. */
const notRunWords = new Set(['skip', 'todo', 'skipIf', 'runIf']);

/**
 * The tests of one file, read from its syntax tree without running it.
 * A title made of a template keeps its fixed parts, with `…` where a value would stand; a title that is no
 * literal at all is left out. Tests and groups marked `skip`, `todo`, `skipIf` or `runIf` are left out.
 *
 * @param source TypeScript text
 * @param file its name: only a `.tsx` may hold JSX
 * @throws when the text cannot be parsed
 */
export function testTitlesOf(source: string, file: string): DeclaredTest[] {
  const found: DeclaredTest[] = [];
  visit(syntaxTreeOf(source, file), [], found);
  return found;
}

function visit(value: unknown, groups: readonly string[], found: DeclaredTest[]): void {
  const call = isSyntaxNode(value) && value.type === 'CallExpression' ? readCall(value) : undefined;
  if (call?.ignored) return;
  if (call?.kind === 'test') found.push({ title: [...groups, call.title].join(' › '), name: call.title });
  const inner = call?.kind === 'group' ? [...groups, call.title] : groups;
  for (const child of childrenOf(value)) visit(child, inner, found);
}

type Call = { kind: 'test' | 'group'; title: string; ignored: boolean };

function readCall(node: SyntaxNode): Call | undefined {
  const words = calleeWords(node.callee);
  const first = words[0];
  if (first === undefined) return undefined;
  const kind = testNames.has(first) ? 'test' : groupNames.has(first) ? 'group' : undefined;
  if (kind === undefined) return undefined;
  const ignored = words.some((word) => notRunWords.has(word));
  const title = literalText(firstArgument(node));
  if (title === undefined) return ignored ? { kind, title: '', ignored } : undefined;
  return { kind, title, ignored };
}

/** `it.each(rows)` gives ['it', 'each']: every name on the way to the call, calls and tagged templates in between included. */
function calleeWords(callee: unknown): string[] {
  if (!isSyntaxNode(callee)) return [];
  switch (callee.type) {
    case 'Identifier':
      return [String(callee.value)];
    case 'MemberExpression':
      return [...calleeWords(callee.object), ...calleeWords(callee.property)];
    case 'CallExpression':
      return calleeWords(callee.callee);
    case 'TaggedTemplateExpression':
      return calleeWords(callee.tag);
    default:
      return [];
  }
}

function firstArgument(node: SyntaxNode): unknown {
  const [first] = Array.isArray(node.arguments) ? (node.arguments as { expression?: unknown }[]) : [];
  return first?.expression;
}

function literalText(node: unknown): string | undefined {
  if (!isSyntaxNode(node)) return undefined;
  if (node.type === 'StringLiteral') return String(node.value);
  if (node.type === 'TemplateLiteral') {
    const quasis = node.quasis as { cooked?: string; raw: string }[];
    return quasis.map((quasi) => quasi.cooked ?? quasi.raw).join('…');
  }
  return undefined;
}

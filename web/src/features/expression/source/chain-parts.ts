import type { SourceNode, SourceTree } from './source-tree.ts'

export type Chain = 'sum' | 'product'

export const chainOf = (operation: string): Chain | null =>
  operation === '+' || operation === '-' ? 'sum' : operation === '*' || operation === '/' ? 'product' : null

/**
 * The operations and ranges that may be joined into the same sum or product by one above them: through parentheses, minus signs, ranges of one
 * value, and names. What several take is joined by none of them.
 */
export function chainParts(tree: SourceTree): ReadonlySet<SourceNode> {
  const uses = usesOf(tree)
  const parts = new Set<SourceNode>()
  for (const node of tree.nodes) {
    const kind = kindOf(node)
    if (kind === null) continue
    const operands = node.kind === 'operation' ? node.operands : node.kind === 'range' ? [node.body] : []
    for (const operand of operands)
      for (let inner: SourceNode | null = operand; inner; inner = below(inner))
        if (kindOf(inner) === kind) parts.add(inner)
  }
  return parts

  function below(node: SourceNode): SourceNode | null {
    switch (node.kind) {
      case 'group':
      case 'negation':
        return node.operand
      case 'range':
        return node.body
      case 'name':
        return node.value && (uses.get(node.value) ?? 0) < 2 ? node.value : null
      case 'number':
      case 'operation':
        return null
      default:
        return node satisfies never
    }
  }
}

const kindOf = (node: SourceNode): string | null =>
  node.kind === 'operation' ? chainOf(node.operation) : node.kind === 'range' ? node.word : null

/** How often each value that has a name is taken at least. How often a range takes what stands in it is not known here. */
function usesOf({ roots }: SourceTree): ReadonlyMap<SourceNode, number> {
  const uses = new Map<SourceNode, number>()
  const open = roots.slice(-1)
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'operation') open.push(...node.operands)
    if (node.kind === 'group' || node.kind === 'negation') open.push(node.operand)
    if (node.kind !== 'name' || node.value === null) continue
    const before = uses.get(node.value) ?? 0
    uses.set(node.value, before + 1)
    if (before === 0) open.push(node.value)
  }
  return uses
}

import { shortenNumber } from '../../../format/number.ts'
import type { SourceNode, SourceTree } from './source-tree.ts'
import type { TaskMeaning } from './source-values.ts'

/** A part of a source for which its value stands. */
export interface SourceFold {
  readonly start: number
  readonly end: number
  readonly task: number
  readonly text: string
}

const longestValue = 11

interface ValuedTask {
  readonly result: { readonly short: string } | null
}

/** The value of a part of the source, once its task has one. */
export function valueOf(
  node: SourceNode,
  meanings: ReadonlyMap<SourceNode, TaskMeaning>,
  tasks: readonly ValuedTask[],
): { readonly task: number; readonly text: string } | null {
  const meaning = meanings.get(node)
  const result = meaning && tasks[meaning.index]?.result
  if (!result) return null
  // So short that one sees where digits are left out.
  const short = shortenNumber(result.short, longestValue)
  const turned = short.startsWith('-') ? short.slice(1) : `-${short}`
  return { task: meaning.index, text: meaning.isNegated && short !== '0' ? turned : short }
}

/** The largest parts that have a value, from left to right: with them in their places a source reads as far as it has come. */
export function foldSource(
  { roots }: SourceTree,
  meanings: ReadonlyMap<SourceNode, TaskMeaning>,
  tasks: readonly ValuedTask[],
): SourceFold[] {
  const folds: SourceFold[] = []
  const open = [...roots].reverse()
  for (let node = open.pop(); node; node = open.pop()) {
    const value = valueOf(node, meanings, tasks)
    if (value) folds.push({ start: node.start, end: node.end, ...value })
    else if (node.kind === 'operation') open.push(...[...node.operands].reverse())
    else if (node.kind === 'group' || node.kind === 'negation') open.push(node.operand)
  }
  return folds
}

/** The part of a source that a stretch of it is, white space at its ends aside. Of those with one extent the outermost. */
export function partAt(source: string, { nodes }: SourceTree, start: number, end: number): SourceNode | null {
  const text = source.slice(start, end)
  const from = start + text.length - text.trimStart().length
  const to = start + text.trimEnd().length
  return nodes.findLast((node) => node.start === from && node.end === to) ?? null
}

import { hierarchy, tree } from 'd3-hierarchy'
import { shortenNumber } from '../../format/number.ts'

/** What the layout needs of a task: what it works on, in order. */
export interface LaidOutTask {
  readonly index: number
  readonly operands: readonly {
    readonly task: { readonly index: number } | null
    readonly negated: boolean
    readonly value: { readonly short: string } | null
  }[]
}

interface Position {
  readonly x: number
  readonly y: number
}

export interface TreeNode extends Position {
  /** The task's index, or its parent's with the side for a number in the source and for a reference. */
  readonly key: string
  readonly content:
    | { readonly kind: 'task'; readonly index: number; readonly isNegated: boolean }
    /** Another place of a task that is drawn elsewhere: a task of several parents is drawn whole once. */
    | { readonly kind: 'reference'; readonly index: number; readonly isNegated: boolean }
    | { readonly kind: 'number'; readonly text: string }
  readonly width: number
}

export interface TreeLink {
  readonly key: string
  readonly from: Position
  readonly to: Position
  /** The child's task, drawn there or referred to; null where the child is a number. */
  readonly task: number | null
}

export interface TreeLayout {
  readonly width: number
  readonly height: number
  /** Where the root stands. */
  readonly root: Position
  readonly nodes: readonly TreeNode[]
  readonly links: readonly TreeLink[]
}

export const nodeRadius = 17
const margin = 30
const characterWidth = 7.4
const longestNumber = 8

type Subtree = Pick<TreeNode, 'key' | 'content' | 'width'> & { readonly operands: readonly (() => Subtree)[] }

/**
 * Lays the tasks out as a tree, root on top, operands from left to right. The last task is the root. What several tasks use is drawn where
 * the first of them has it, from the top and from the left, and the others refer to it.
 */
export function layOutTree(tasks: readonly LaidOutTask[]): TreeLayout | null {
  const rootTask = tasks.at(-1)
  if (!rootTask) return null
  const first = firstPlaces(tasks, rootTask)
  const root = hierarchy<Subtree>(taskSubtree(tasks, first, rootTask, false), ({ operands }) =>
    operands.map((make) => make()),
  )
  // A long chain in tight steps, else it would be many screens high; few tasks with room round them.
  const levelHeight = root.height > 24 ? 46 : 68
  const gap = tasks.length <= 12 ? 36 : tasks.length <= 40 ? 20 : 10
  const placed = tree<Subtree>()
    .nodeSize([1, levelHeight])
    .separation((a, b) => (a.data.width + b.data.width) / 2 + gap)(root)

  const all = placed.descendants()
  const left = Math.min(...all.map(({ x, data }) => x - data.width / 2)) - margin
  const right = Math.max(...all.map(({ x, data }) => x + data.width / 2)) + margin
  const position = ({ x, y }: Position): Position => ({ x: x - left, y: y + margin })
  return {
    width: right - left,
    height: placed.height * levelHeight + 2 * margin,
    root: position(placed),
    nodes: all.map((node) => ({
      ...position(node),
      key: node.data.key,
      content: node.data.content,
      width: node.data.width,
    })),
    links: placed.links().map(({ source, target }) => ({
      key: target.data.key,
      from: position(source),
      to: position(target),
      task: target.data.content.kind === 'number' ? null : target.data.content.index,
    })),
  }
}

const placeOf = (parent: number, side: number): string => `${parent}.${side}`

/** Where each task is drawn whole. A loop, as a chain of tasks may be as long as the stack is deep. */
function firstPlaces(tasks: readonly LaidOutTask[], root: LaidOutTask): ReadonlyMap<number, string> {
  const first = new Map<number, string>()
  const waiting = [root]
  for (let task = waiting.shift(); task; task = waiting.shift())
    for (const [side, operand] of task.operands.entries()) {
      const child = operand.task && tasks[operand.task.index]
      if (!child || first.has(child.index)) continue
      first.set(child.index, placeOf(task.index, side))
      waiting.push(child)
    }
  return first
}

function taskSubtree(
  tasks: readonly LaidOutTask[],
  first: ReadonlyMap<number, string>,
  task: LaidOutTask,
  isNegated: boolean,
): Subtree {
  return {
    key: String(task.index),
    content: { kind: 'task', index: task.index, isNegated },
    width: 2 * nodeRadius,
    operands: task.operands.map((operand, side) => () => {
      const child = operand.task && tasks[operand.task.index]
      if (!child) return numberLeaf(task.index, side, operand.value?.short ?? '?')
      const place = placeOf(task.index, side)
      return first.get(child.index) === place
        ? taskSubtree(tasks, first, child, operand.negated)
        : referenceLeaf(place, child.index, operand.negated)
    }),
  }
}

function referenceLeaf(key: string, index: number, isNegated: boolean): Subtree {
  return { key, content: { kind: 'reference', index, isNegated }, width: 2 * nodeRadius, operands: [] }
}

function numberLeaf(parent: number, side: number, value: string): Subtree {
  const text = shortenNumber(value, longestNumber)
  return {
    key: placeOf(parent, side),
    content: { kind: 'number', text },
    width: Math.max(16, text.length * characterWidth + 6),
    operands: [],
  }
}

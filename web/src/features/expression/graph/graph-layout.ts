import { hierarchy, tree, type HierarchyNode, type HierarchyPointNode } from 'd3-hierarchy'
import { taskCount, type GraphShape } from './graph-shape.ts'

/** Where everything stands, in units of a graph at full size; a level is `levelHeight` high. Of what is folded away the level is -1. */
export interface GraphLayout {
  readonly x: Float32Array
  readonly level: Int32Array
  /** Below which of its users a task stands: of several the one that is deepest, so that all are above it. -1 for the root. */
  readonly parent: Int32Array
  /** How far the nearest neighbour on its level is. */
  readonly room: Float32Array
  /** Of operands that are numbers and drawn. */
  readonly numberX: Float32Array
  readonly left: number
  readonly right: number
  readonly levels: number
  readonly levelHeight: number
}

export const nodeRadius = 17

interface Place {
  readonly task: number
  /** Among all operands; -1 for the root. */
  readonly slot: number
  readonly width: number
}

const unfold = 0
const isOpen = (folded: Uint8Array | null, task: number): boolean => (folded?.[task] ?? unfold) === unfold

/** Lays out a plan, each task once. What lies below those that are folded is left out, unless somebody else uses it too. */
export function layOutGraph(shape: GraphShape, folded: Uint8Array | null): GraphLayout | null {
  const count = taskCount(shape)
  if (count === 0) return null
  const { level, parent } = hang(shape, folded)
  const root = grow({ task: count - 1, slot: -1, width: 2 * nodeRadius }, ({ task }) =>
    task < 0 || !isOpen(folded, task) ? [] : placesBelow(shape, parent, task),
  )
  const gap = count <= 12 ? 36 : count <= 40 ? 20 : 10
  const placed = tree<Place>()
    .nodeSize([1, 1])
    .separation((a, b) => (a.data.width + b.data.width) / 2 + gap)(root)
  const x = new Float32Array(count)
  const numberX = new Float32Array(shape.operands.length)
  let left = 0
  let right = 0
  let levels = 1
  placed.each((node) => {
    if (node.data.task >= 0) x[node.data.task] = node.x
    else numberX[node.data.slot] = node.x
    levels = Math.max(levels, node.depth + 1)
    left = Math.min(left, node.x - node.data.width / 2)
    right = Math.max(right, node.x + node.data.width / 2)
  })
  // A long chain in tight steps, else it would be many screens high.
  return { x, level, parent, numberX, left, right, levels, levelHeight: levels > 25 ? 46 : 68, room: roomOf(placed) }

  function roomOf(top: HierarchyPointNode<Place>): Float32Array {
    const room = new Float32Array(count).fill(Infinity)
    const last: (HierarchyPointNode<Place> | undefined)[] = []
    // Breadth first, so each level from left to right.
    for (const node of top) {
      const before = last[node.depth]
      last[node.depth] = node
      if (!before) continue
      const distance = node.x - before.x
      for (const { task } of [node.data, before.data]) if (task >= 0) room[task] = Math.min(room[task]!, distance)
    }
    return room
  }
}

/** A tree of places, each made by itself: made at once from its root, that of a chain takes the square of its length. */
function grow(top: Place, below: (place: Place) => Place[]): HierarchyNode<Place> {
  const root = hierarchy(top, () => null)
  const open = [root]
  for (let node = open.pop(); node; node = open.pop()) {
    const children = below(node.data).map((place) => hierarchy(place, () => null))
    if (children.length === 0) continue
    for (const child of children) Object.assign(child, { parent: node, depth: node.depth + 1 })
    node.children = children
    open.push(...children)
  }
  return root
}

/** How deep each task hangs, and below whom: users stand behind their operands, so that one walk backwards tells. */
function hang({ offsets, operands, ...rest }: GraphShape, folded: Uint8Array | null) {
  const count = taskCount({ offsets, operands, ...rest })
  const level = new Int32Array(count).fill(-1)
  const parent = new Int32Array(count).fill(-1)
  level[count - 1] = 0
  for (let task = count - 1; task >= 0; task -= 1) {
    if (level[task] === -1 || !isOpen(folded, task)) continue
    for (let slot = offsets[task]!; slot < offsets[task + 1]!; slot += 1) {
      const child = operands[slot]!
      if (child < 0 || level[child]! > level[task]!) continue
      level[child] = level[task]! + 1
      parent[child] = task
    }
  }
  return { level, parent }
}

function placesBelow({ offsets, operands, widths }: GraphShape, parent: Int32Array, task: number): Place[] {
  const places: Place[] = []
  for (let slot = offsets[task]!; slot < offsets[task + 1]!; slot += 1) {
    const child = operands[slot]!
    if (child < 0 && widths[slot]! > 0) places.push({ task: -1, slot, width: widths[slot]! })
    if (child >= 0 && parent[child] === task && !places.some((place) => place.task === child))
      places.push({ task: child, slot, width: 2 * nodeRadius })
  }
  return places
}

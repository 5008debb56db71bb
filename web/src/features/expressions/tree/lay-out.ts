import type { PlanNodes } from './plan-nodes.ts'

export interface Spot {
  readonly node: number
  readonly x: number
  readonly y: number
}

export interface Edge {
  readonly from: Spot
  readonly to: Spot
  readonly isNegative: boolean
}

export interface TreeLayout {
  readonly spots: readonly Spot[]
  readonly edges: readonly Edge[]
  readonly width: number
  readonly height: number
}

export const radius = 13
const levelHeight = 38
const characterWidth = 7
const gap = 10

/** How much room the text of a number takes. */
const widthOf = (text: string | undefined): number => Math.max(2 * radius, (text ?? '').length * characterWidth)

/**
 * Numbers side by side, each operation over the middle of what it works on, or as far to the right as it has room; below all that take its
 * result, if several do.
 */
export function layOutTree({ nodes, root }: PlanNodes): TreeLayout {
  const depths = depthsOf(nodes, root)
  const spots = new Map<number, Spot>()
  const edges: Edge[] = []
  /** By depth, where there is room from. */
  const free: number[] = []
  let nextNumber = 0

  function place(node: number): Spot {
    const known = spots.get(node)
    if (known) return known
    const { operands = [], text } = nodes[node] ?? {}
    const below = operands.map((operand) => ({ to: place(operand.node), isNegative: operand.isNegative }))
    const depth = depths[node] ?? 0
    const half = widthOf(text) / 2
    const [first, last] = [below[0]?.to.x, below.at(-1)?.to.x]
    const wanted = first === undefined || last === undefined ? nextNumber + half : (first + last) / 2
    const spot = { node, x: Math.max(wanted, (free[depth] ?? 0) + half), y: depth * levelHeight + radius }
    free[depth] = spot.x + half + gap
    if (below.length === 0) nextNumber = free[depth]
    spots.set(node, spot)
    edges.push(...below.map((edge) => ({ from: spot, ...edge })))
    return spot
  }
  place(root)
  const width = Math.max(...free.map((end) => end - gap), 2 * radius)
  return { spots: [...spots.values()], edges, width, height: (free.length - 1) * levelHeight + 2 * radius }
}

/** Of each node, how far it is below the root on the longest way. Operations stand after those whose results they take. */
function depthsOf(nodes: PlanNodes['nodes'], root: number): readonly number[] {
  const depths: number[] = []
  depths[root] = 0
  const operations = nodes.filter(({ operation }) => operation !== null).length
  for (let node = operations - 1; node >= 0; node -= 1)
    for (const operand of nodes[node]?.operands ?? [])
      depths[operand.node] = Math.max(depths[operand.node] ?? 0, (depths[node] ?? 0) + 1)
  return depths
}

import { nodeRadius, type GraphLayout } from './graph-layout.ts'
import type { View } from './view.ts'

const smallest = 1.1

/**
 * How large each node is drawn, in pixels: as large as its neighbours and the levels leave it room, and no larger than the one above it.
 * So the top of a tree of thousands can be read while its leaves are grains.
 */
export function nodeSizes({ level, parent, room, levelHeight }: GraphLayout, { scaleX, scaleY }: View): Float32Array {
  const sizes = new Float32Array(level.length)
  const most = Math.min(nodeRadius * Math.min(1.3, Math.max(1, scaleY)), levelHeight * scaleY * 0.3)
  // Users stand behind their operands.
  for (let task = level.length - 1; task >= 0; task -= 1) {
    if (level[task] === -1) continue
    const above = parent[task]! >= 0 ? sizes[parent[task]!]! : most
    sizes[task] = Math.max(smallest, Math.min(most, above, room[task]! * scaleX * 0.42))
  }
  return sizes
}

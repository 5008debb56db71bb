import { useEffect, useMemo, useState } from 'react'
import { layOutGraph, type GraphLayout } from './graph-layout.ts'
import { taskCount, type GraphShape } from './graph-shape.ts'
import { layOutApart } from './layout-apart.ts'

/** More tasks than this take longer than a tenth of a picture. */
const fewForWorker = 500

/** Where the tasks stand; null until it is known. Of many a worker finds out, while the page goes on. */
export function useGraphLayout(shape: GraphShape, folded: ReadonlySet<number>): GraphLayout | null {
  const isLarge = taskCount(shape) > fewForWorker
  const small = useMemo(() => (isLarge ? null : layOutGraph(shape, flagsOf(shape, folded))), [isLarge, shape, folded])
  const [large, setLarge] = useState<GraphLayout | null>(null)

  useEffect(() => {
    if (!isLarge) return
    return layOutApart({ shape, folded: flagsOf(shape, folded) }, setLarge)
  }, [isLarge, shape, folded])

  return isLarge ? large : small
}

function flagsOf(shape: GraphShape, folded: ReadonlySet<number>): Uint8Array {
  const flags = new Uint8Array(taskCount(shape))
  for (const task of folded) flags[task] = 1
  return flags
}

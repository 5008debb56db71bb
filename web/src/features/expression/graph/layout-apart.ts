import { layOutGraph, type GraphLayout } from './graph-layout.ts'
import type { LayoutRequest } from './layout.worker.ts'

const startWorker = () => new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' })

/**
 * Finds out where the tasks stand while the page goes on. Where the code for that does not come, the page finds out itself.
 * @returns the way to leave off
 */
export function layOutApart(
  request: LayoutRequest,
  onLayout: (layout: GraphLayout | null) => void,
  start: () => Worker = startWorker,
): () => void {
  const worker = start()
  const finish = (layout: GraphLayout | null) => {
    worker.terminate()
    onLayout(layout)
  }
  worker.onmessage = ({ data }: MessageEvent<{ layout: GraphLayout | null }>) => finish(data.layout)
  worker.onerror = () => finish(layOutGraph(request.shape, request.folded))
  worker.postMessage(request)
  return () => worker.terminate()
}

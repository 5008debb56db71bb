import { layOutGraph } from './graph-layout.ts'
import type { GraphShape } from './graph-shape.ts'

export interface LayoutRequest {
  readonly shape: GraphShape
  readonly folded: Uint8Array
}

self.onmessage = ({ data: { shape, folded } }: MessageEvent<LayoutRequest>) =>
  self.postMessage({ layout: layOutGraph(shape, folded) })

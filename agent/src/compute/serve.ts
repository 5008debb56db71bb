import { parentPort } from 'node:worker_threads'
import { attempt } from './operation.ts'
import type { WorkerTask } from './workers.ts'

/** Computes what the main thread sends, one operation after the other. */
export function serve(): void {
  parentPort?.on('message', ({ operation, maxDigits }: WorkerTask) =>
    parentPort?.postMessage(attempt(operation, maxDigits)),
  )
}

import { setImmediate as nextTurn } from 'node:timers/promises'
import { advance, type Steps } from '../domain/prediction/steps.ts'
import { atOnce, type Worker } from './worker.ts'

/** About half a millisecond. */
const maxSteps = 300

/** Does work step by step, and lets the event loop turn in between. */
export async function inParts<Result>(steps: Steps<Result>, worker: Worker = atOnce): Promise<Result> {
  for (;;) {
    const step = await worker.run(() => advance(steps, maxSteps))
    if (step.done) return step.value
    await nextTurn()
  }
}

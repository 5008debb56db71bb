/** Work in steps of some microseconds each, between which whoever does it may do something else. */
export type Steps<Result> = Generator<undefined, Result>

/** Does so many steps. */
export function advance<Result>(steps: Steps<Result>, count: number): IteratorResult<undefined, Result> {
  for (let left = count; ; left--) {
    const step = steps.next()
    if (step.done || left <= 1) return step
  }
}

/** Does all of them at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

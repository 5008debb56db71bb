/** Runs what may take long for somebody, at once or when there is time. */
export interface Worker {
  run<Result>(work: () => Result): Result | Promise<Result>
}

export const atOnce: Worker = { run: (work) => work() }

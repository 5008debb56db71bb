import { afterAll, onTestFinished } from 'vitest'

/** Takes note of what is to be done when something is no longer needed. */
export type WhenDone = (cleanup: () => unknown) => void

export const whenTestIsDone: WhenDone = (cleanup) => onTestFinished(async () => void (await cleanup()))

/** For what the tests of a file share: call it where the file declares its tests. The last is undone first. */
export function whenFileIsDone(): WhenDone {
  const cleanups: (() => unknown)[] = []
  afterAll(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup()
  })
  return (cleanup) => void cleanups.push(cleanup)
}

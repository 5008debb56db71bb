/** Runs something at once, and as often as it is asked for, but only so often: a last time for all that asked meanwhile. */
export function paced(everyMs: number, run: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isAsked = false

  const pause = () => {
    timer = setTimeout(() => {
      timer = undefined
      if (isAsked) go()
    }, everyMs)
  }
  const go = () => {
    isAsked = false
    void run()
    pause()
  }
  return () => {
    isAsked = true
    if (timer === undefined) go()
  }
}

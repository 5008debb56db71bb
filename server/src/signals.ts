import process from 'node:process'

/** What a signal asks for. */
export type Demand = 'stop' | 'stop-at-once' | 'nothing'

export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

const stopSignals: readonly StopSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * One Ctrl-C reaches the server twice: from the terminal, which signals every process in its foreground, and from npm, which passes on what it
 * gets. A closed terminal does the same with SIGHUP. What comes so soon after the first signal is still that signal.
 */
const sameSignalMs = 1_000

/** Decides what each of a process's signals asks for: the first to stop in order, a later one that a person has sent to stop at once. */
export class Signals {
  #firstMs: number | null = null

  /** @param nowMs by a clock that nobody sets */
  demandOf(signal: StopSignal, nowMs: number): Demand {
    if (this.#firstMs === null) {
      this.#firstMs = nowMs
      return 'stop'
    }
    const isSame = nowMs - this.#firstMs < sameSignalMs
    return isSame || signal === 'SIGHUP' ? 'nothing' : 'stop-at-once'
  }
}

/** Calls `stop` once, and `stopAtOnce` where somebody insists; then the process ends as the signal would have ended it. */
export function onSignals(stop: () => void, stopAtOnce: () => void): void {
  const signals = new Signals()
  for (const signal of stopSignals)
    process.on(signal, () => {
      const demand = signals.demandOf(signal, performance.now())
      switch (demand) {
        case 'stop':
          return stop()
        case 'stop-at-once':
          stopAtOnce()
          return dieOf(signal)
        case 'nothing':
          return
        default:
          return demand satisfies never
      }
    })
}

const signalNumbers: Readonly<Record<StopSignal, number>> = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }

/** npm takes an exit code such as 130 for a failure of the script, and shows pages of it; of a signal it dies as quietly as the script. */
function dieOf(signal: StopSignal): void {
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
  // The first process of a container does not die of a signal.
  setTimeout(() => process.exit(128 + signalNumbers[signal]), 100)
}

const watchMs = 1_000

/**
 * Calls `onEnd` when the process that started this one ends. npm takes the server with it on every end but one: killed, it leaves the server to
 * nobody, and its port taken.
 */
export function whenParentEnds(onEnd: () => void): void {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    onEnd()
  }, watchMs)
  watch.unref()
}

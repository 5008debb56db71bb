import { existsSync, readFileSync } from 'node:fs'

/** Of a loop that lives, hundreds of times a second nothing is worth a line. */
const noteworthyMs = 15
const tickMs = 5

/**
 * An argument for Node under which a program notes in a file for how long its event loop stood still: what its main thread had of the
 * processor between two ticks of a timer. Processor time, since on a loaded machine any program stands still by the clock.
 */
export function notingStretches(file: string): string {
  const module = `
    import { appendFileSync, closeSync, openSync, readSync } from 'node:fs'
    import { isMainThread } from 'node:worker_threads'
    if (isMainThread) {
      const own = openSync('/proc/self/task/' + process.pid + '/schedstat', 'r')
      const buffer = Buffer.alloc(64)
      const ran = () => Number(buffer.toString('latin1', 0, readSync(own, buffer, 0, 64, 0)).split(' ')[0]) / 1e6
      let before = ran()
      setInterval(() => {
        const now = ran()
        const stretch = now - before
        before = now
        if (stretch > ${noteworthyMs}) {
          try { appendFileSync(${JSON.stringify(file)}, Date.now() + ' ' + stretch.toFixed(1) + '\\n') } catch {}
          before = ran()
        }
      }, ${tickMs}).unref()
    }`
  return `--import=data:text/javascript,${encodeURIComponent(module)}`
}

/** The longest stretch noted since then, in milliseconds of processor time. */
export function longestStretch(file: string, since: number): number {
  if (!existsSync(file)) return 0
  const noted = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number))
  return Math.max(0, ...noted.filter(([at = 0]) => at >= since).map(([, stretch = 0]) => stretch))
}

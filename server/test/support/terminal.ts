import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'

/** Whether this machine has what a pseudo-terminal takes: the `script` of util-linux, and a Linux that tells of its processes. */
export const hasTerminal =
  process.platform === 'linux' &&
  /util-linux/.test(spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '')

/** Why what needs one was skipped. */
export const noTerminal = 'needs the "script" command of util-linux, on Linux'

/** A command that runs in the foreground of a terminal of its own. */
export class Terminal {
  /** Resolves when the command has ended, with its exit code; 128 and the signal where it died of one. */
  readonly ended: Promise<number>
  readonly #script: ChildProcess
  #shown = ''
  readonly #watchers = new Set<() => void>()

  constructor(command: string, directory: string, environment: Readonly<Record<string, string>>) {
    // It writes no file, passes on the exit code, and shows what comes as it comes.
    this.#script = spawn('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], {
      cwd: directory,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], TERM: 'dumb', SHELL: '/bin/sh', ...environment },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.#script.stdout?.on('data', (text) => {
      this.#shown += String(text)
      for (const watch of this.#watchers) watch()
    })
    this.#script.stdin?.on('error', () => {})
    this.ended = once(this.#script, 'close').then(([code]) => {
      for (const watch of this.#watchers) watch()
      return Number(code)
    })
  }

  /** All that was shown, without colours and the like. */
  get shown(): string {
    return this.#shown.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '').replaceAll('\r', '')
  }

  /** Resolves when it shows a text, the given number of times. */
  until(text: string, times = 1): Promise<void> {
    return this.when(() => this.shown.split(text).length > times, `showing "${text}"`)
  }

  /** Resolves when what came is as wanted. @param what for the message of a test that waits in vain */
  when(fits: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const watch = () => {
        const isFit = fits()
        const isOver = this.#script.exitCode !== null || this.#script.signalCode !== null
        if (!isFit && !isOver) return
        this.#watchers.delete(watch)
        if (isFit) resolve()
        else reject(new Error(`it ended without ${what}:\n${this.shown}`))
      }
      this.#watchers.add(watch)
      watch()
    })
  }

  /** All that came, as a terminal gets it. */
  get raw(): string {
    return this.#shown
  }

  /** As keys are pressed. */
  type(text: string): void {
    this.#script.stdin?.write(text)
  }

  pressCtrlC(): void {
    this.type('\x03')
  }

  /** As a window is closed: what runs in it is told by SIGHUP, and can write no more. */
  close(): void {
    this.#script.kill('SIGKILL')
  }
}

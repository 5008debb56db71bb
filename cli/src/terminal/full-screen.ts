import { writeSync } from 'node:fs'
import { constants } from 'node:os'
import { exitCodes } from '../exit-code.ts'
import { paintLine, type Line, type Paint } from './line.ts'

const enter = '\x1b[?1049h\x1b[?25l'
const leave = '\x1b[?25h\x1b[?1049l'
/** The descriptor of standard output. */
const stdout = 1
const ctrlC = '\x03'
const ctrlZ = '\x1a'
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

interface FullScreenOptions {
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
  readonly paint: Paint
  readonly onRedraw: () => void
  readonly onQuit: () => void
}

/** The whole terminal, which is given back as it was however the program ends or is stopped, short of being killed. */
export class FullScreen {
  readonly #options: FullScreenOptions
  #isOpen = false

  constructor(options: FullScreenOptions) {
    this.#options = options
    const { input, output } = options
    input.on('data', this.#press)
    output.on('resize', options.onRedraw)
    process.on('exit', this.#giveBack)
    process.on('uncaughtException', this.#crash)
    process.on('SIGCONT', this.#resume)
    process.on('SIGTSTP', this.#suspend)
    for (const signal of endings) process.on(signal, this.#end)
    this.#take()
  }

  get size(): { readonly columns: number; readonly rows: number } {
    const { columns, rows } = this.#options.output
    return { columns: columns || 80, rows: rows || 24 }
  }

  draw(lines: readonly Line[]): void {
    if (!this.#isOpen) return
    const { output, paint } = this.#options
    const { columns, rows } = this.size
    const text = lines.slice(0, rows).map((line) => `${paintLine(line, paint, columns - 1)}\x1b[K`)
    output.write(`\x1b[H${text.join('\r\n')}\x1b[J`)
  }

  close(): void {
    const { input, output, onRedraw } = this.#options
    this.#giveBack()
    input.off('data', this.#press)
    input.pause()
    output.off('resize', onRedraw)
    process.off('exit', this.#giveBack)
    process.off('uncaughtException', this.#crash)
    process.off('SIGCONT', this.#resume)
    process.off('SIGTSTP', this.#suspend)
    for (const signal of endings) process.off(signal, this.#end)
  }

  #take(): void {
    const { input } = this.#options
    if (this.#isOpen) return
    this.#isOpen = true
    if (input.isTTY) input.setRawMode(true)
    input.resume()
    this.#write(enter)
  }

  readonly #giveBack = () => {
    const { input } = this.#options
    if (!this.#isOpen) return
    this.#isOpen = false
    if (input.isTTY) input.setRawMode(false)
    this.#write(leave)
  }

  /** At once, for the process may end with it. A terminal that is gone takes nothing. */
  #write(text: string): void {
    try {
      writeSync(stdout, text)
    } catch {
      // There is nobody left to see it.
    }
  }

  readonly #press = (keys: Buffer) => {
    const text = String(keys)
    if (text === 'q' || text.includes(ctrlC)) this.#options.onQuit()
    // Windows has nothing like it.
    else if (text.includes(ctrlZ) && process.platform !== 'win32') this.#suspend()
  }

  readonly #suspend = () => {
    this.#giveBack()
    // As the terminal itself does it: also what has started this program is stopped.
    process.off('SIGTSTP', this.#suspend)
    process.kill(0, 'SIGTSTP')
  }

  readonly #resume = () => {
    process.off('SIGTSTP', this.#suspend)
    process.on('SIGTSTP', this.#suspend)
    this.#take()
    this.#options.onRedraw()
  }

  readonly #end = (signal: NodeJS.Signals) => {
    this.#giveBack()
    process.exit(128 + constants.signals[signal])
  }

  readonly #crash = (error: Error) => {
    this.#giveBack()
    process.stderr.write(`reckon: unforeseen: ${error.message}\n`)
    process.exit(exitCodes.internal)
  }
}

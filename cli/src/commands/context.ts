import { Api, type Answer } from '../connection/api.ts'
import { Live, type ConnectionState } from '../connection/live.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import type { ServerAddress } from '../server-address.ts'
import { formatDuration } from '../terminal/duration.ts'
import { paintLine, type Line } from '../terminal/line.ts'
import { printable } from '../terminal/printable.ts'
import { isLive, paintOf, type World } from '../world.ts'

export interface ContextOptions {
  readonly world: World
  readonly server: ServerAddress
  /** By an option, so that what one is advised to type needs it too. */
  readonly isServerGiven: boolean
  readonly token: string | undefined
  readonly isJson: boolean
  readonly isQuiet: boolean
}

/** What a command works with: the server, and where to write. */
export class Context {
  readonly world: World
  readonly server: ServerAddress
  readonly isServerGiven: boolean
  readonly token: string | undefined
  readonly isJson: boolean
  readonly isQuiet: boolean
  readonly api: Api
  /** Takes away what is drawn where lines are to be said. */
  beforeSaying: () => void = () => {}
  readonly #closing: (() => void)[] = []

  constructor({ world, server, isServerGiven, token, isJson, isQuiet }: ContextOptions) {
    this.world = world
    this.server = server
    this.isServerGiven = isServerGiven
    this.token = token
    this.isJson = isJson
    this.isQuiet = isQuiet
    const { clock, ids } = world
    this.api = new Api({
      server,
      token,
      clock,
      ids,
      onWait: (message, ms) => this.remark(`${message} Trying again in ${formatDuration(ms)}.`),
    })
  }

  /** Whether somebody looks at a terminal that can be drawn on. */
  get isWatched(): boolean {
    return !this.isQuiet && isLive(this.world.errors, this.world.environment)
  }

  openLive(onState: (state: ConnectionState) => void): Live {
    const { clock, ids } = this.world
    const live = new Live({ server: this.server, token: this.token, clock, ids, onState })
    this.#closing.push(() => live.close())
    return live
  }

  close(): void {
    for (const close of this.#closing.splice(0)) close()
  }

  /** A line of the result. */
  print(text: string): void {
    this.world.output.write(`${text}\n`)
  }

  /** Lines of the result for a person. */
  show(lines: readonly Line[]): void {
    const paint = paintOf(this.world.output, this.world.environment)
    // A terminal of which nobody knows how wide it is says 0.
    const columns = (this.world.output.isTTY && this.world.output.columns) || Infinity
    for (const line of lines) this.print(paintLine(line, paint, columns))
  }

  printJson(value: unknown): void {
    this.print(JSON.stringify(value))
  }

  /** Lines about the result, or about its absence. */
  say(lines: readonly Line[]): void {
    this.beforeSaying()
    const paint = paintOf(this.world.errors, this.world.environment)
    for (const line of lines) this.world.errors.write(`${paintLine(line, paint)}\n`)
  }

  /** Something that goes on, which nobody has to know. */
  remark(text: string): void {
    if (!this.isQuiet) this.say([[{ text: `reckon: ${printable(text)}`, tone: 'quiet' }]])
  }

  complain(text: string): void {
    this.say([[{ text: 'reckon: ', tone: 'bad' }, { text: printable(text) }]])
  }

  misuse(text: string): ExitCode {
    this.complain(text)
    return exitCodes.usage
  }

  /** Ends a command whose request was refused, or came to no server. */
  refuse(
    refusal: Exclude<Answer<unknown>, { kind: 'data' }> | { readonly code: string; readonly message: string },
  ): ExitCode {
    if ('kind' in refusal && refusal.kind === 'unreachable') {
      this.complain(`the server at ${this.server.shown} cannot be reached: ${refusal.message}`)
      return exitCodes.connection
    }
    const { code, message } = refusal
    if (this.isJson) this.printJson({ status: 'REFUSED', error: { code, message } })
    if (code === 'UNAUTHENTICATED') {
      this.complain(this.token === undefined ? 'nobody is signed in.' : 'the token is not valid, or no longer.')
      this.complain('sign in by `reckon login`, or set RECKON_TOKEN to a personal token.')
      return exitCodes.refused
    }
    this.complain(`${message} (${code})`)
    return code === 'NOT_A_SERVER' ? exitCodes.connection : exitCodes.refused
  }
}

import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { systemClock, type Clock } from './clock.ts'
import { exitCodes } from './exit-code.ts'
import { readEnvironment, type Environment } from './env.ts'
import { systemIds, type Ids } from './ids.ts'
import type { Paint } from './terminal/line.ts'

/** All that this program knows of the process that it is. */
export interface World {
  readonly environment: Environment
  readonly clock: Clock
  readonly ids: Ids
  readonly input: NodeJS.ReadStream
  /** For results. */
  readonly output: NodeJS.WriteStream
  /** For everything else. */
  readonly errors: NodeJS.WriteStream
}

export const systemWorld = (): World => ({
  environment: readEnvironment(),
  clock: systemClock,
  ids: systemIds,
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
})

/** Whether lines that are there can be drawn anew. */
export const isLive = (stream: NodeJS.WriteStream, { isDumb }: Environment): boolean => stream.isTTY && !isDumb

export const paintOf = (stream: NodeJS.WriteStream, { noColor, isDumb, isUtf8 }: Environment): Paint => ({
  colour: stream.isTTY && !noColor && !isDumb,
  // What is piped is read by programs, whatever the terminal is.
  utf8: isUtf8 || !stream.isTTY,
})

/** Asks on the terminal, and shows nothing of a secret that is typed. Elsewhere it reads a line. */
export async function askPerson(world: World, question: string, { isSecret = false } = {}): Promise<string> {
  const { input, errors } = world
  // Of a pipe it is undefined, which readline takes for a question about the output.
  const isTyped = (input.isTTY as boolean | undefined) === true
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input, output: isSecret ? nowhere : errors, terminal: isTyped })
  // A terminal whose keys are read one by one leaves Ctrl-C to whoever reads them.
  lines.on('SIGINT', () => process.exit(exitCodes.interrupted))
  errors.write(question)
  try {
    return await new Promise<string>((resolve) => {
      lines.once('line', resolve)
      lines.once('close', () => resolve(''))
    })
  } finally {
    lines.close()
    if (isSecret && isTyped) errors.write('\n')
  }
}

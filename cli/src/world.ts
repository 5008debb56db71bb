import { createInterface } from 'node:readline/promises'
import { systemClock, type Clock } from './clock.ts'
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

/** Asks on the terminal, and shows nothing of a secret that is typed. */
export async function askPerson(world: World, question: string, { isSecret = false } = {}): Promise<string> {
  const { input, errors } = world
  const lines = createInterface({ input, output: errors, terminal: input.isTTY })
  try {
    if (!isSecret || !input.isTTY) return await lines.question(question)
    const write = errors.write.bind(errors)
    errors.write(question)
    // readline shows what is typed by writing to its output.
    errors.write = () => true
    try {
      return await lines.question('')
    } finally {
      errors.write = write
      errors.write('\n')
    }
  } finally {
    lines.close()
  }
}

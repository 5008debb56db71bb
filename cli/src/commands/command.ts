import type { ExitCode } from '../exit-code.ts'
import type { Context } from './context.ts'

export interface Option {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  /** How its value is called in the help. */
  readonly value?: string
  readonly description: string
  /** All values that it takes, for completion. */
  readonly choices?: readonly string[]
}

export type Options = Readonly<Record<string, Option>>

export type ValuesOf<Given extends Options> = {
  readonly [Name in keyof Given]?: Given[Name]['type'] extends 'boolean' ? boolean : string
}

/** What every command takes. */
export const commonOptions = {
  server: { type: 'string', value: 'URL', description: 'the server; else RECKON_URL, else that of the last login' },
  json: { type: 'boolean', description: 'for programs: JSON on standard output' },
  quiet: { type: 'boolean', short: 'q', description: 'say nothing of how it goes' },
  help: { type: 'boolean', short: 'h', description: 'show this' },
} as const satisfies Options

export interface Input<Given extends Options> {
  /** The arguments that are no options. */
  readonly words: readonly string[]
  readonly values: ValuesOf<Given & typeof commonOptions>
}

/** As `Input`, of a command that is not known by type. */
export interface ParsedInput {
  readonly words: readonly string[]
  readonly values: Readonly<Record<string, string | boolean | undefined>>
}

/** A command line's first word, and what follows it: the one table of these is what the program, its help and completion go by. */
export interface Command {
  readonly name: string
  readonly summary: string
  /** Lines of its synopsis, without the program's name. */
  readonly usage: readonly string[]
  /** What else there is to know. */
  readonly details?: readonly string[]
  readonly options: Options
  /** What may stand first after its name, for completion. */
  readonly subcommands?: readonly string[]
  /** How many words it takes at least and at most. */
  readonly words: readonly [number, number]
  run(context: Context, input: ParsedInput): Promise<ExitCode>
}

interface Definition<Given extends Options> extends Omit<Command, 'run' | 'options'> {
  readonly options: Given
  run(context: Context, input: Input<Given>): Promise<ExitCode>
}

export const defineCommand = <const Given extends Options>(definition: Definition<Given>): Command =>
  // The program parses what it gives to `run` by these very options.
  definition as unknown as Command

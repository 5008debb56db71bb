import { commonOptions, type Command, type Options } from '../commands/command.ts'

/** What may follow one command, for the shells. */
export interface Completions {
  readonly command: string
  readonly summary: string
  readonly subcommands: readonly string[]
  readonly options: readonly CompletedOption[]
}

export interface CompletedOption {
  readonly name: string
  readonly short: string | undefined
  readonly description: string
  readonly takesValue: boolean
  readonly choices: readonly string[]
}

export const completionsOf = ({ name, summary, subcommands = [], options }: Command): Completions => ({
  command: name,
  summary,
  subcommands,
  options: completedOptions({ ...options, ...commonOptions }),
})

const completedOptions = (options: Options): CompletedOption[] =>
  Object.entries(options).map(([name, { type, short, description, choices = [] }]) => ({
    name,
    short,
    description,
    takesValue: type === 'string',
    choices,
  }))

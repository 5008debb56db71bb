import { commonOptions, type Command, type Option, type Options } from './commands/command.ts'
import { commands } from './commands/table.ts'
import { exitCodes } from './exit-code.ts'
import { defaultServer } from './server-address.ts'
import { padded } from './terminal/width.ts'

export const programHelp = (): string => `Usage: reckon [options] '2+2*2'
       reckon COMMAND [options] …

Computes expressions on a Reckon server, exactly, and shows how its agents do it.

Commands
${columns(commands.map(({ name, summary }) => [name, summary]))}

Options of all commands
${columns(optionRows(commonOptions))}
  --version
  More stand in reckon COMMAND --help. An expression that begins with a minus may; one
  that begins with a minus and a letter needs -- before it.

Environment
${columns([
  ['RECKON_URL', `the server; ${defaultServer} unless told`],
  ['RECKON_TOKEN', 'a personal token; else that of reckon login is used'],
  ['XDG_CONFIG_HOME', 'below it reckon login keeps its tokens; ~/.config unless told'],
  ['NO_COLOR', 'no colours'],
])}

Exit codes
${columns([
  [exitCodes.done, 'done'],
  [exitCodes.failed, 'failed: it has no value, or its attempts are spent'],
  [exitCodes.usage, 'used wrongly'],
  [exitCodes.refused, 'refused: no expression, not signed in, not found, over a limit'],
  [exitCodes.cancelled, 'cancelled'],
  [exitCodes.connection, 'the server cannot be reached'],
  [exitCodes.interrupted, 'interrupted; what was submitted goes on'],
])}
`

export const commandHelp = ({ usage, summary, details, options }: Command): string =>
  [
    ...usage.map((line, index) => `${index === 0 ? 'Usage:' : '      '} reckon ${line}`),
    '',
    `${summary[0]?.toUpperCase()}${summary.slice(1)}.`,
    ...(details ? ['', ...details] : []),
    '',
    'Options',
    columns(optionRows({ ...options, ...commonOptions })),
    '',
  ].join('\n')

const optionRows = (options: Options): [string, string][] =>
  Object.entries(options).map(([name, option]) => [writeOption(name, option), option.description])

const writeOption = (name: string, { short, value }: Option) =>
  `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`

function columns(rows: readonly (readonly [string | number, string])[]): string {
  const width = Math.max(...rows.map(([name]) => String(name).length)) + 2
  return rows.map(([name, text]) => `  ${padded(String(name), width)}${text}`).join('\n')
}

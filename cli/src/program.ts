import { parseArgs } from 'node:util'
import { commonOptions, type Command, type Options, type ParsedInput } from './commands/command.ts'
import { Context } from './commands/context.ts'
import { commands } from './commands/table.ts'
import { readCredentials, tokenFor } from './credentials.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { commandHelp, programHelp } from './help.ts'
import { defaultServer, serverAddress } from './server-address.ts'
import { version } from './version.ts'
import type { World } from './world.ts'

interface Invocation extends ParsedInput {
  readonly command: Command
}

/** Runs what the arguments ask for. */
export async function runProgram(argv: readonly string[], world: World): Promise<ExitCode> {
  const [first] = argv
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    const [, about] = argv
    const command = first === 'help' && commands.find(({ name }) => name === about)
    const stream = first === undefined ? world.errors : world.output
    stream.write(command ? commandHelp(command) : programHelp())
    return first === undefined ? exitCodes.usage : exitCodes.done
  }
  if (first === '--version') {
    world.output.write(`${version}\n`)
    return exitCodes.done
  }
  const invocation = readArguments(argv)
  if (typeof invocation === 'string') return misuse(world, invocation)
  const { command, words, values } = invocation
  if (values['help']) {
    world.output.write(commandHelp(command))
    return exitCodes.done
  }
  const [least, most] = command.words
  if (words.length < least) return misuse(world, `something is missing: reckon ${command.usage[0]}`)
  if (words.length > most) return misuse(world, `that is too much: reckon ${command.usage[0]}`)
  const context = contextOf(world, values)
  if (typeof context === 'string') return misuse(world, context)
  try {
    return await command.run(context, { words, values })
  } finally {
    context.close()
  }
}

function misuse(world: World, problem: string): ExitCode {
  world.errors.write(`reckon: ${problem}\nTry reckon --help.\n`)
  return exitCodes.usage
}

/** Cannot stand in an argument, so it marks those that begin with a minus and are expressions. */
const mark = '\0'

function readArguments(argv: readonly string[]): Invocation | string {
  // A lone minus is standard input, as everywhere.
  const named = commands.find(({ name }) => name === (argv[0] === '-' ? 'batch' : argv[0]))
  const command = named ?? commands[0]
  if (!command) return 'there are no commands'
  const args = (named && argv[0] !== '-' ? argv.slice(1) : argv).map((text) =>
    /^-[\d.(\s=]/.test(text) ? mark + text : text,
  )
  try {
    const { values, positionals } = parseArgs({
      args,
      options: forParsing({ ...commonOptions, ...command.options }),
      allowPositionals: true,
    })
    return { command, values: values as Invocation['values'], words: positionals.map((word) => word.replace(mark, '')) }
  } catch (error) {
    // Its messages begin with the fact; advice on quoting follows.
    return error instanceof Error ? (error.message.split(/[.\n]/)[0] ?? '') : String(error)
  }
}

const forParsing = (options: Options) =>
  Object.fromEntries(
    Object.entries(options).map(([name, { type, short }]) => [name, short === undefined ? { type } : { type, short }]),
  )

/** Where a server is named by an option, a token of the environment is still meant for it: so it is with a script. */
function contextOf(world: World, values: Invocation['values']): Context | string {
  const { environment } = world
  const credentials = readCredentials(environment.configFolder)
  const given = typeof values['server'] === 'string' ? values['server'] : undefined
  const address = given ?? environment.server ?? credentials.current ?? defaultServer
  const server = serverAddress(address)
  if (server === null) return `"${address}" is no address of a server, such as https://reckon.example`
  return new Context({
    world,
    server,
    isServerGiven: given !== undefined,
    token: environment.token ?? tokenFor(credentials, server),
    isJson: values['json'] === true,
    isQuiet: values['quiet'] === true,
  })
}

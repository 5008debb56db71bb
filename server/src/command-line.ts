import { parseArgs } from 'node:util'

export const help = `Usage: npm start, or node server/dist/main.js

Compiles expressions, gives their operations to agents, and serves the page and GraphQL on one port. Everything is set by the environment;
.env.example lists all that there is, with its defaults.

  PORT, HOST        4000 on localhost
  DATABASE_URL      a PostgreSQL of yours, as one of any number of servers; without it, Reckon brings a database and two agents
  RECKON_DATA       the folder of that database, .reckon beside the program
  RECKON_AGENTS     how many agents Reckon brings, 2, with RECKON_AGENT_SLOTS slots each, 4
  JWT_SECRET, TICKET_SECRET
                    32 characters or more each; needed with DATABASE_URL

Options: --help, --version. A server takes no others.
SIGTERM, SIGINT or SIGHUP stops it in order, a second one at once.
`

export type Command =
  | { readonly kind: 'start' }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'invalid'; readonly problem: string }

/** What a command line asks for, without the names of Node and the program. */
export function readCommand(args: readonly string[]): Command {
  try {
    const options = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'v' } } as const
    const { values } = parseArgs({ args: [...args], options })
    if (values.help === true) return { kind: 'help' }
    return { kind: values.version === true ? 'version' : 'start' }
  } catch (error) {
    return { kind: 'invalid', problem: `${(error as Error).message} Try --help.` }
  }
}

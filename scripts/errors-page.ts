import { exitCodes as ofCli } from '../cli/src/exit-code.ts'
import { errorCodeGroups } from '../server/src/domain/error-codes/error-codes.ts'
import { closeCodes } from '../server/src/use-cases/agents/close-codes.ts'

/** With what the server closes a socket. A code without words is one that the compiler asks for. */
const closings: Record<keyof typeof closeCodes, string> = {
  FORBIDDEN: 'The token is not valid, or was revoked. Get another one.',
  TOKEN_EXPIRED: 'The access token has expired, or `connection_init` was late. Renew the token and come back.',
  SUPERSEDED: 'Another run of the same agent has taken over. Do not come back.',
  GOING_AWAY: 'The server stops. Come back: another replica answers, or this one later.',
  TRY_AGAIN_LATER: 'Too many messages or sockets, or the server could not answer. Come back later.',
}

const ofProtocols = [
  [1009, 'A message is longer than it may be.'],
  [4400, 'A message is none of graphql-ws, or has too many values.'],
  [4401, 'An operation came before `connection_init`.'],
  [4406, 'The subprotocol is not `graphql-transport-ws`.'],
  [4409, 'Two operations have the same id.'],
  [4429, '`connection_init` came twice.'],
] as const

const ofAgents = [
  [0, 'Stopped, or drained.'],
  [2, 'Used wrongly.'],
  [3, 'The token was refused or revoked: `UNAUTHENTICATED`, `FORBIDDEN`, close code 4403.'],
  [4, 'Another agent has taken its name: `AGENT_SUPERSEDED`, close code 4409.'],
  [5, 'It was set aside: `AGENT_SUSPENDED`.'],
  [6, 'The server speaks another version of the protocol: `PROTOCOL_UNSUPPORTED`.'],
] as const

const ofCommands: Record<keyof typeof ofCli, string> = {
  done: 'Done.',
  failed: 'The expression failed; the message tells its code.',
  usage: 'Used wrongly.',
  refused: 'The server refused: a syntax error, a limit, no sign-in, no such thing.',
  cancelled: 'The expression was cancelled.',
  connection: 'The server cannot be reached, or is none of Reckon.',
  internal: 'A fault of the program.',
  interrupted: 'Interrupted; what was submitted goes on.',
}

/** docs/errors.md. */
export function errorsPage(): string {
  const groups = Object.entries(errorCodeGroups).map(([title, codes]) => {
    const rows = Object.entries(codes).map(([code, [when, remedy, status]]) => [
      `\`${code}\``,
      when,
      remedy,
      status === undefined ? '' : String(status),
    ])
    return [`## ${title}`, '', ...table(['Code', 'When', 'What to do', 'REST'], rows), ''].join('\n')
  })
  return [introduction, ...groups, sockets, programs].join('\n')
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => '---').join('|')}|`,
  ...rows.map((row) => `| ${row.join(' | ')} |`.replaceAll('|  |', '| |')),
]

const numbered = (rows: readonly (readonly [number, string])[]) => rows.map(([code, text]) => [String(code), text])

const introduction = `# Errors

<!-- Made from server/src/domain/error-codes by \`npm run schema\`; do not edit. -->

Every error has a code, for programs, and a message, for people. In GraphQL the code is \`code\` of whatever implements \`Error\`, and \`extensions.code\`
of an entry of \`errors\`; in REST it is \`code\` of the problem, whose status the last column tells. Codes do not change their meaning. New ones
may come: take one that you do not know for a refusal, and show its message. What else may change, and how it is announced, is in
[the contract's policy](contract.md).
`

const sockets = `## Sockets

Closed with these, where the whole connection is concerned; errors of one operation come as its \`error\` or \`next\` message, with a code as above.

${table(
  ['Close code', 'Why, and what to do'],
  numbered([
    ...Object.entries(closings).map(([name, text]) => [closeCodes[name as keyof typeof closeCodes], text] as const),
    ...ofProtocols,
  ]),
).join('\n')}
`

const programs = `## Programs

The command line, \`reckon\`, ends with

${table(['Exit code', ''], numbered(Object.entries(ofCommands).map(([name, text]) => [ofCli[name as keyof typeof ofCli], text] as const))).join('\n')}

and an agent, \`reckon-agent\`, with

${table(['Exit code', ''], numbered(ofAgents)).join('\n')}
`

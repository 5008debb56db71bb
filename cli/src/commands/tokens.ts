import { exitCodes, type ExitCode } from '../exit-code.ts'
import { alignRows, header, type Row } from '../show/table.ts'
import { formatMoment } from '../show/time.ts'
import { printable } from '../terminal/printable.ts'
import { defineCommand } from './command.ts'
import type { Context } from './context.ts'
import { refused, withEach } from './each.ts'
import { makeToken, readTokenWish, tokenOptions } from './new-token.ts'
import { signIn, signInOptions, signOut } from './sign-in.ts'
import {
  createAgentToken,
  listAgentTokens,
  listPersonalTokens,
  revokeAgentToken,
  revokePersonalToken,
} from './token-documents.ts'

const verbs = ['create', 'revoke'] as const

export const tokens = defineCommand({
  name: 'tokens',
  summary: 'list your personal tokens, make or revoke one; or those of agents',
  usage: ['tokens [--agent]', 'tokens create [options] NAME', 'tokens revoke [options] ID…'],
  details: [
    'To make or revoke a personal token takes the password of the account, which is asked for:',
    'no token may do that. Those of agents take an admin, and no password.',
  ],
  options: {
    agent: { type: 'boolean', description: 'tokens of agents' },
    ...tokenOptions,
    ...signInOptions,
  },
  subcommands: verbs,
  words: [0, Infinity],
  async run(context, { words: [verb, ...names], values }) {
    if (verb === undefined) return values.agent ? listOfAgents(context) : listOwn(context)
    const isGood = verb === 'create' ? names.length === 1 : verb === 'revoke' && names.length > 0
    if (!isGood) return context.misuse('say reckon tokens create NAME, or reckon tokens revoke ID')
    const [name = ''] = names
    if (values.agent) return verb === 'create' ? createOfAgents(context, name) : revokeOfAgents(context, names)
    const wish = readTokenWish(values)
    if (typeof wish === 'string') return context.misuse(wish)
    const person = await signIn(context, values)
    if (person.kind !== 'signedIn') return context.refuse(person)
    try {
      if (verb === 'create') {
        const made = await makeToken(person.api, name, wish)
        return made.kind === 'made' ? tellNew(context, made.token, made) : context.refuse(made)
      }
      return await withEach(context, names, async (id) => {
        const answer = await person.api.ask(revokePersonalToken, { id })
        if (answer.kind !== 'data') return answer
        const { outcome } = answer.data
        if (outcome.__typename !== 'PersonalToken') return refused(outcome)
        return { kind: 'done', text: `revoked ${outcome.name}`, record: { id: outcome.id, name: outcome.name } }
      })
    } finally {
      await signOut(person.api)
    }
  },
})

async function listOwn(context: Context): Promise<ExitCode> {
  const answer = await context.api.ask(listPersonalTokens, {})
  if (answer.kind !== 'data') return context.refuse(answer)
  const { viewer } = answer.data
  if (!viewer) return context.refuse({ code: 'UNAUTHENTICATED', message: 'Nobody is signed in.' })
  return tell(context, viewer.personalTokens, header('NAME', 'SCOPES', 'EXPIRES', 'LAST USED', 'ID'), (token) => [
    printable(token.name),
    token.scopes.join(' ').toLowerCase(),
    token.revokedAt ? { text: 'revoked', tone: 'bad' } : formatMoment(token.expiresAt),
    token.lastUsedAt ? formatMoment(token.lastUsedAt) : 'never',
    { text: token.id, tone: 'quiet' },
  ])
}

async function listOfAgents(context: Context): Promise<ExitCode> {
  const answer = await context.api.ask(listAgentTokens, {})
  if (answer.kind !== 'data') return context.refuse(answer)
  return tell(context, answer.data.agentTokens ?? [], header('NAME', 'STATE', 'LAST USED', 'ID'), (token) => [
    printable(token.name),
    token.revokedAt ? { text: 'revoked', tone: 'bad' } : { text: 'good', tone: 'good' },
    token.lastUsedAt ? formatMoment(token.lastUsedAt) : 'never',
    { text: token.id, tone: 'quiet' },
  ])
}

async function createOfAgents(context: Context, name: string): Promise<ExitCode> {
  const answer = await context.api.ask(createAgentToken, { name })
  if (answer.kind !== 'data') return context.refuse(answer)
  const { createAgentToken: outcome } = answer.data
  if (outcome.__typename !== 'CreateAgentTokenPayload') return context.refuse(outcome)
  return tellNew(context, outcome.token, outcome.agentToken)
}

const revokeOfAgents = (context: Context, ids: readonly string[]): Promise<ExitCode> =>
  withEach(context, ids, async (id) => {
    const answer = await context.api.ask(revokeAgentToken, { id })
    if (answer.kind !== 'data') return answer
    const { outcome } = answer.data
    if (outcome.__typename !== 'AgentToken') return refused(outcome)
    return { kind: 'done', text: `revoked ${outcome.name}`, record: { id: outcome.id, name: outcome.name } }
  })

/** The secret alone on standard output, for a file or a variable. It is shown only here. */
function tellNew(context: Context, token: string, about: { readonly id: string }): ExitCode {
  if (context.isJson) context.printJson({ id: about.id, token })
  else context.print(token)
  return exitCodes.done
}

function tell<Token extends object>(
  context: Context,
  shown: readonly Token[],
  titles: Row,
  write: (token: Token) => Row,
): ExitCode {
  if (context.isJson) for (const token of shown) context.printJson(token)
  else context.show(alignRows([titles, ...shown.map(write)]))
  return exitCodes.done
}

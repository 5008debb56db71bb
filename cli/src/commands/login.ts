import { hostname } from 'node:os'
import { readCredentials, tokenFor, writeCredentials } from '../credentials.ts'
import { exitCodes } from '../exit-code.ts'
import { formatMoment } from '../show/time.ts'
import { defineCommand } from './command.ts'
import { makeToken, readTokenWish, tokenOptions } from './new-token.ts'
import { signIn, signInOptions, signOut } from './sign-in.ts'

export const login = defineCommand({
  name: 'login',
  summary: 'sign in, once: makes a personal token and keeps it in a file of yours',
  usage: ['login [options]'],
  details: ['The password is not kept. An admin who wants to do an admin’s work says --scopes submit,admin.'],
  options: { ...signInOptions, ...tokenOptions },
  words: [0, 0],
  async run(context, { values }) {
    const { server, world } = context
    const wish = readTokenWish(values)
    if (typeof wish === 'string') return context.misuse(wish)
    const person = await signIn(context, values)
    if (person.kind !== 'signedIn') return context.refuse(person)
    const made = await makeToken(person.api, `reckon on ${hostname()}`.slice(0, 100), wish)
    await signOut(person.api)
    if (made.kind !== 'made') return context.refuse(made)
    const folder = world.environment.configFolder
    const before = readCredentials(folder)
    const credential = { token: made.token, tokenId: made.id, email: person.email }
    const file = writeCredentials(folder, {
      current: server.shown,
      servers: { ...before.servers, [server.shown]: credential },
    })
    if (context.isJson)
      context.printJson({ email: person.email, server: server.shown, expiresAt: made.expiresAt, file })
    else {
      context.print(`Signed in at ${server.shown} as ${person.email}, until ${formatMoment(made.expiresAt)}.`)
      context.print(`The token is in ${file}.`)
    }
    if (world.environment.token !== undefined) context.remark('RECKON_TOKEN is set, and goes before it.')
    return exitCodes.done
  },
})

export const logout = defineCommand({
  name: 'logout',
  summary: 'revoke the token of the last login, and forget it',
  usage: ['logout'],
  options: {},
  words: [0, 0],
  async run(context) {
    const { server, world, api } = context
    const folder = world.environment.configFolder
    const credentials = readCredentials(folder)
    const token = tokenFor(credentials, server)
    if (token === undefined)
      return context.refuse({ code: 'NOT_SIGNED_IN', message: `There is no token for ${server.shown} here.` })
    const answer = await signOut(api.as(token))
    // One that is not good any more is what was wanted.
    if (answer.kind === 'unreachable') return context.refuse(answer)
    const { [server.shown]: _forgotten, ...servers } = credentials.servers
    const current = credentials.current === server.shown ? undefined : credentials.current
    writeCredentials(folder, { current, servers })
    const isRevoked = answer.kind === 'data' && answer.data.logout.loggedOut
    const fate = isRevoked ? 'the token is revoked' : 'the token was not good any more'
    if (!context.isQuiet) context.print(`Signed out at ${server.shown}: ${fate}.`)
    return exitCodes.done
  },
})

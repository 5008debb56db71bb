import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { whenFileIsDone } from '../../server/test/support/cleanup.ts'
import { startWorld, type World } from '../../server/test/support/world.ts'
import { openTerminal, runReckon, temporaryFolder, terminalIsThere } from './support/reckon.ts'

const whenDone = whenFileIsDone()
let world: World
beforeAll(async () => {
  world = await startWorld({ whenDone })
})

const password = 'correct horse battery'

/** Somebody at home, without a token in the environment. */
function atHome() {
  const folder = temporaryFolder()
  const variables = { RECKON_URL: world.app.url, XDG_CONFIG_HOME: folder }
  return { variables, file: path.join(folder, 'reckon/credentials.json') }
}

test('who signs in once is known from then on, by a token that nobody else can read', async () => {
  const { variables, file } = atHome()
  const signIn = await runReckon(
    ['login', '--email', 'admin@example.com', '--password-stdin'],
    variables,
    `${password}\n`,
  )
  expect(signIn).toMatchObject({ code: 0, stdout: expect.stringContaining(`The token is in ${file}.`) as string })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).not.toContain(password)
  // Also at the server that it was, where none is named.
  const { RECKON_URL: _, ...elsewhere } = variables
  expect((await runReckon(['whoami'], elsewhere)).stdout).toContain('admin@example.com')

  const { servers } = JSON.parse(readFileSync(file, 'utf8')) as { servers: Record<string, { token: string }> }
  const [{ token } = { token: '' }] = Object.values(servers)
  const out = await runReckon(['logout'], variables)
  expect(out).toMatchObject({ code: 0, stdout: expect.stringContaining('revoked') as string })
  expect((await runReckon(['whoami'], { ...variables, RECKON_TOKEN: token })).code).toBe(3)
  expect((await runReckon(['logout'], variables)).code).toBe(3)
})

test('a wrong password is refused, and leaves nothing behind', async () => {
  const { variables, file } = atHome()
  const { code, stderr } = await runReckon(
    ['login', '--email', 'admin@example.com', '--password-stdin'],
    variables,
    'wrong one\n',
  )
  expect([code, stderr]).toEqual([3, expect.stringContaining('(INVALID_CREDENTIALS)')])
  expect(existsSync(file)).toBe(false)
})

test('personal tokens are listed, made and revoked, by who has the password', async () => {
  const { variables } = atHome()
  const own = ['--email', 'admin@example.com', '--password-stdin']
  const made = await runReckon(
    ['tokens', 'create', 'nightly', '--scopes', 'read', '--days', '7', ...own],
    variables,
    `${password}\n`,
  )
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^rkp_\S+\n$/) as string })
  const asIt = { ...variables, RECKON_TOKEN: made.stdout.trim() }
  const [{ id } = { id: '' }] = (await runReckon(['tokens', '--json'], asIt)).stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; name: string })
    .filter(({ name }) => name === 'nightly')
  expect((await runReckon(['1+1'], asIt)).stderr).toContain('scope SUBMIT')
  expect(await runReckon(['tokens', 'revoke', id, ...own], variables, `${password}\n`)).toMatchObject({
    code: 0,
    stdout: 'revoked nightly\n',
  })
  expect((await runReckon(['whoami'], asIt)).code).toBe(3)
})

test.skipIf(!terminalIsThere)('at a terminal it asks, and does not show the password', async () => {
  const { variables } = atHome()
  const terminal = openTerminal('reckon login; reckon whoami', variables)
  await terminal.until('Email: ')
  terminal.type('admin@example.com\r')
  await terminal.until('Password: ')
  terminal.type(`${password}\r`)
  expect(await terminal.ended).toBe(0)
  expect(terminal.shown).toContain('Signed in at')
  expect(terminal.shown).toMatch(/^role +admin$/m)
  expect(terminal.raw).not.toContain('correct')
})

test.skipIf(!terminalIsThere)('nor where it is piped, and then says whose it is to be', async () => {
  const { variables } = atHome()
  const script = `echo '${password}' > "$XDG_CONFIG_HOME/secret"; clear; reckon login --email admin@example.com --password-stdin < "$XDG_CONFIG_HOME/secret"; echo '${password}' | reckon login --password-stdin; echo code $?`
  const terminal = openTerminal(script.replaceAll(`echo '${password}'`, 'printf "%s\\n" "$SECRET"'), {
    ...variables,
    SECRET: password,
  })
  expect(await terminal.ended).toBe(0)
  expect(terminal.raw).toContain('Signed in at')
  expect(terminal.raw).toContain('say whose it is with --email')
  expect(terminal.raw).toContain('code 3')
  expect(terminal.raw).not.toContain('correct')
})

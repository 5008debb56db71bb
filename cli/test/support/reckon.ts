import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { whenTestIsDone } from '../../../server/test/support/cleanup.ts'
import { createPersonalToken, type Person } from '../../../server/test/support/people.ts'
import { hasTerminal, noTerminal, Terminal } from '../../../server/test/support/terminal.ts'
// What it provides is known by type where it is imported.
import type {} from '../../../server/test/support/global-setup.ts'
import { temporaryRoot } from '../../../server/test/support/temporary.ts'

/** As it is built, which `npm test` does first. */
export const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url))
if (!existsSync(program)) throw new Error('Not built. Run "npm run build" first.')

/** Who runs it, and where: what stands in its environment. */
export type Variables = Readonly<Record<string, string>>

/** The environment of somebody with a token of their own. */
export async function variablesOf(
  { url }: { readonly url: string },
  owner: Person,
  scopes: readonly string[] = ['SUBMIT'],
): Promise<Variables> {
  const { token } = await createPersonalToken(owner, { scopes })
  return { RECKON_URL: url, RECKON_TOKEN: token, LC_ALL: 'C.UTF-8' }
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(temporaryRoot(), 'reckon-cli-'))
  whenTestIsDone(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts it without a terminal. */
export function startReckon(args: readonly string[], variables: Variables) {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'], XDG_CONFIG_HOME: '/nowhere', ...variables },
    stdio: 'pipe',
  })
  whenTestIsDone(() => child.kill('SIGKILL'))
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (text) => (output.stdout += String(text)))
  child.stderr.on('data', (text) => (output.stderr += String(text)))
  child.stdin.on('error', () => {})
  const ended: Promise<Ended> = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }))
  /** Resolves when it has said something. */
  const said = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => output.stderr.includes(text) && resolve()
      child.stderr.on('data', look)
      void ended.then((end) => reject(new Error(`it ended without saying "${text}": ${JSON.stringify(end)}`)))
      look()
    })
  return { child, ended, said }
}

/** Runs it to its end, with this on its standard input. */
export function runReckon(args: readonly string[], variables: Variables, input = ''): Promise<Ended> {
  const { child, ended } = startReckon(args, variables)
  child.stdin.end(input)
  return ended
}

/** Where the machine has no pseudo-terminal, what needs one is skipped; not so in CI, which has to see it. */
export const terminalIsThere = hasTerminal || process.env['CI'] === 'true'
export const whyNoTerminal = noTerminal

/** A terminal of its own, with a size, and a shell in it that runs these lines. */
export function openTerminal(
  script: string,
  variables: Variables,
  { columns = 80, rows = 24 }: { readonly columns?: number; readonly rows?: number } = {},
): Terminal {
  const definitions = `reckon() { "${process.execPath}" "${program}" "$@"; }`
  const terminal = new Terminal(`stty cols ${columns} rows ${rows}; ${definitions}; ${script}`, process.cwd(), {
    XDG_CONFIG_HOME: '/nowhere',
    TERM: 'xterm-256color',
    ...variables,
  })
  whenTestIsDone(() => terminal.close())
  return terminal
}

export const hasCommand = (name: string): boolean => spawnSync('which', [name]).status === 0

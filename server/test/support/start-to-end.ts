import { spawn } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))

export interface EndOfStart {
  readonly code: number | null
  /** What it said to whoever started it. */
  readonly complaint: string
}

/** Starts a server, as it is built, that is not to become one, and waits until it has given up. */
export function startToEnd(environment: Readonly<Record<string, string>>): Promise<EndOfStart> {
  const child = spawn(process.execPath, ['server/dist/main.js'], {
    cwd: root,
    env: { PATH: process.env['PATH'], npm_lifecycle_event: 'start', HOST: '127.0.0.1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaint = ''
  child.stderr.on('data', (text) => (complaint += String(text)))
  // One that starts after all is not waited for.
  child.stdout.on('data', (text) => /is ready|"listening"/.test(String(text)) && child.kill('SIGTERM'))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, complaint }))
  })
}

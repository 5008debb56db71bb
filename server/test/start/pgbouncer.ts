import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { whenTestIsDone } from '../support/cleanup.ts'
import { freePort } from '../support/server-process.ts'
import { temporaryRoot } from '../support/temporary.ts'

export const hasPgBouncer = spawnSync('pgbouncer', ['--version']).status === 0

/** Puts a PgBouncer, with nothing set that it has a default for, in front of a PostgreSQL. Gives its address. */
export async function startPgBouncer(databaseUrl: string, mode: 'session' | 'transaction'): Promise<string> {
  const folder = mkdtempSync(path.join(temporaryRoot(), 'reckon-pgbouncer-'))
  whenTestIsDone(() => rmSync(folder, { recursive: true, force: true }))
  chmodSync(folder, 0o755)
  const url = new URL(databaseUrl)
  const port = await freePort()
  const file = path.join(folder, 'pgbouncer.ini')
  const settings = [
    '[databases]',
    `* = host=127.0.0.1 port=${url.port} user=${url.username} password=${url.password}`,
    '[pgbouncer]',
    `listen_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =\nauth_type = any\npool_mode = ${mode}`,
  ]
  writeFileSync(file, settings.join('\n'))
  // It will not run as root.
  const child = spawn('pgbouncer', [file], {
    ...(process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  whenTestIsDone(async () => {
    child.kill('SIGTERM')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  })
  await new Promise<void>((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (text) => /process up/.test((said += String(text))) && resolve())
    child.once('exit', () => reject(new Error(said)))
  })
  url.port = String(port)
  return url.href
}

import { Redis } from 'ioredis'
import { findProgram } from '../src/systems/packages.ts'
import type { CleanUp } from '../src/processes/clean-up.ts'
import { freePort } from '../src/processes/free-port.ts'
import { startProgram } from '../src/processes/program.ts'
import { temporaryFolder } from '../src/processes/temporary-folder.ts'

export interface RedisServer {
  readonly url: string
  readonly pid: number
  /** Of the append-only file, written so far. */
  logBytes(): Promise<number>
}

/**
 * As BullMQ's "Going to production" asks for it (https://docs.bullmq.io/guide/going-to-production): an append-only file, and no eviction.
 * The file is never rewritten, so that its growth is what was written; nor are there snapshots, which it replaces.
 */
export async function startRedis(
  appendfsync: string,
  cleanUp: CleanUp,
  onLost: (error: Error) => void,
): Promise<RedisServer> {
  const folder = await temporaryFolder(cleanUp)
  const port = String(await freePort())
  const settings = {
    port,
    bind: '127.0.0.1',
    dir: folder,
    appendonly: 'yes',
    appendfsync,
    'auto-aof-rewrite-percentage': '0',
    save: '',
    'maxmemory-policy': 'noeviction',
  }
  const program = await startProgram({
    command: [
      findProgram('redis-server') ?? 'redis-server',
      ...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    ],
    ready: /Ready to accept connections/,
    onLost,
  })
  cleanUp.add(() => program.stop())
  const url = `redis://127.0.0.1:${port}`
  const client = new Redis(url)
  cleanUp.add(() => client.quit())
  return {
    url,
    pid: program.pid,
    async logBytes() {
      return Number(/^aof_current_size:(\d+)/m.exec(await client.info('persistence'))?.[1])
    },
  }
}

import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from './server-process.ts'
import { temporaryRoot } from './temporary.ts'
import { Terminal } from './terminal.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const parts = ['server', 'agent', 'cli', 'web', 'prisma', 'scripts', 'node_modules']

/** Long enough for anyone who restarts at once, and short enough for a test to wait for. */
const graceMs = 1_000

interface NpmStartOptions {
  /** By default one of its own. */
  readonly data?: string
  readonly environment?: Readonly<Record<string, string>>
  /** What `npm run build` is. */
  readonly build?: string | undefined
}

/**
 * The product as `npm start` starts it in a terminal, with the very script, on a data folder of its own. Only the build is left out, which would
 * change the page under the tests of the page: the tests begin with it.
 */
export class NpmStart {
  readonly data: string
  readonly url: string
  readonly socketUrl: string
  readonly #directory: string
  readonly #environment: Readonly<Record<string, string>>

  private constructor(directory: string, port: number, { data, environment }: NpmStartOptions) {
    this.#directory = directory
    this.data = data ?? path.join(directory, 'data-folder')
    this.url = `http://127.0.0.1:${port}/graphql`
    this.socketUrl = `ws://127.0.0.1:${port}/graphql`
    this.#environment = {
      RECKON_DATA: this.data,
      RECKON_AGENTS: '2',
      RECKON_AGENT_SLOTS: '2',
      RECKON_ORPHAN_GRACE_MS: String(graceMs),
      HOST: '127.0.0.1',
      PORT: String(port),
      npm_config_update_notifier: 'false',
      ...environment,
    }
  }

  static async prepare(options: NpmStartOptions = {}): Promise<NpmStart> {
    if (!existsSync(path.join(root, 'server/dist/guardian.js')))
      throw new Error('Not built. Run "npm run build" first.')
    const directory = mkdtempSync(path.join(temporaryRoot(), 'reckon-npm-start-'))
    for (const part of parts) symlinkSync(path.join(root, part), path.join(directory, part))
    const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      scripts: { start: string }
    }
    const described = {
      name: 'started',
      private: true,
      scripts: { start: scripts.start, build: options.build ?? 'true' },
    }
    writeFileSync(path.join(directory, 'package.json'), JSON.stringify(described))
    return new NpmStart(directory, await freePort(), options)
  }

  /** Types `npm start` into a new terminal. It ends with npm's code: a shell in between would end by the signals that npm takes. */
  start(): Terminal {
    return new Terminal('exec npm start', this.#directory, this.#environment)
  }

  remove(): void {
    rmSync(this.#directory, { recursive: true, force: true })
  }
}

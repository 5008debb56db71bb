import { existsSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Ledger } from '../../load/ledger.ts'
import type { CleanUp } from '../../processes/clean-up.ts'
import { freePort } from '../../processes/free-port.ts'
import { startPostgres, type Postgres } from '../../processes/postgres.ts'
import { startProgram, type Program } from '../../processes/program.ts'
import { sourceOf } from '../../workload/expression.ts'
import { workerProcesses, type RunningSystem, type System, type Work } from '../system.ts'
import { Api } from './api.ts'
import { agentsOnline, createAgentToken, register, setDurations, submit, watchEnds } from './documents.ts'

const built = (workspace: string) => fileURLToPath(new URL(`../../../../${workspace}/dist/main.js`, import.meta.url))

/** Of both agents together where there may be many. */
const manySlots = 512

/**
 * As its Dockerfiles start it: the built server and two built agents, each a process, on a PostgreSQL of their own. The client is an
 * ordinary one: a user who registers, submits by mutation on one socket and learns of the ends from a subscription on another. No limit
 * of the server is raised.
 */
export const reckon: System = {
  name: 'reckon',
  missing: () =>
    ['server', 'agent'].every((name) => existsSync(built(name))) ? null : 'not built: run `npm run build`',
  async start(ledger, cleanUp) {
    const postgres = await startPostgres(cleanUp)
    const port = await freePort()
    const server = await startServer(postgres, port, ledger, cleanUp)
    const url = `ws://127.0.0.1:${port}/graphql`
    const user = await signIn(url, cleanUp)
    const watcher = openApi(url, user.token, cleanUp)
    await watchEnds(
      watcher,
      (id, ending) => ledger.ended(id, ending),
      (error) => ledger.break(error),
    )
    const agents = new Agents(url, user.api, await createAgentToken(user.api), ledger)
    cleanUp.add(() => agents.stop())
    return {
      submission: { size: 1, unanswered: 64 },
      submit: async (expressions) => {
        await Promise.all(expressions.map((expression) => submit(user.api, expression.id, sourceOf(expression))))
      },
      startWorkers: (work) => agents.start(work),
      stopWorkers: () => agents.stop(),
      processes: () => ({ server: [server.pid], store: [postgres.pid], workers: agents.pids(), client: [process.pid] }),
      logBytes: () => postgres.logBytes(),
    } satisfies RunningSystem
  },
}

async function startServer(postgres: Postgres, port: number, ledger: Ledger, cleanUp: CleanUp): Promise<Program> {
  const program = await startProgram({
    command: [process.execPath, '--enable-source-maps', built('server')],
    environment: {
      NODE_ENV: 'production',
      DATABASE_URL: postgres.url,
      JWT_SECRET: 'only-for-a-benchmark-of-a-few-minutes',
      TICKET_SECRET: 'and-another-one-for-the-same-benchmark',
      HOST: '127.0.0.1',
      PORT: String(port),
    },
    ready: /"listening"/,
    onLost: (error) => ledger.break(error),
  })
  cleanUp.add(() => program.stop())
  return program
}

function openApi(url: string, token: string | undefined, cleanUp: CleanUp): Api {
  const api = new Api(url, token)
  cleanUp.add(() => api.close())
  return api
}

async function signIn(url: string, cleanUp: CleanUp): Promise<{ api: Api; token: string }> {
  const anonymous = new Api(url)
  const token = await register(anonymous)
  await anonymous.close()
  return { api: openApi(url, token, cleanUp), token }
}

class Agents {
  private running: readonly Program[] = []
  private readonly url: string
  private readonly admin: Api
  private readonly token: string
  private readonly ledger: Ledger

  constructor(url: string, admin: Api, token: string, ledger: Ledger) {
    this.url = url
    this.admin = admin
    this.token = token
    this.ledger = ledger
  }

  pids(): number[] {
    return this.running.map(({ pid }) => pid)
  }

  async start({ slots, durationMs }: Work): Promise<void> {
    await setDurations(this.admin, durationMs)
    const each = (slots === 'many' ? manySlots : slots) / workerProcesses
    const names = Array.from({ length: workerProcesses }, (_, place) => `agent-${place + 1}`)
    this.running = await Promise.all(names.map((name) => this.launch(name, each)))
    await agentsOnline(this.admin, workerProcesses)
  }

  async stop(): Promise<void> {
    await Promise.all(this.running.map((agent) => agent.stop()))
    this.running = []
  }

  private launch(name: string, slots: number): Promise<Program> {
    return startProgram({
      command: [process.execPath, '--enable-source-maps', built('agent'), '--name', name, '--slots', String(slots)],
      environment: {
        NODE_ENV: 'production',
        RECKON_SERVER: this.url,
        RECKON_AGENT_TOKEN: this.token,
        LOG_LEVEL: 'warn',
      },
      onLost: (error) => this.ledger.break(error),
    })
  }
}

import { existsSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Ledger } from '../../load/ledger.ts'
import type { CleanUp } from '../../processes/clean-up.ts'
import { freePort } from '../../processes/free-port.ts'
import { startPostgres, type Postgres } from '../../processes/postgres.ts'
import { startProgram, type Program } from '../../processes/program.ts'
import { sourceOf } from '../../workload/expression.ts'
import { workerProcesses, type RunningSystem, type System } from '../system.ts'
import { WorkerPrograms } from '../worker-programs.ts'
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
    const agents = agentPrograms(url, await createAgentToken(user.api), ledger)
    cleanUp.add(() => agents.stop())
    return {
      submission: { size: 1, unanswered: 64 },
      submit: async (expressions) => {
        await Promise.all(expressions.map((expression) => submit(user.api, expression.id, sourceOf(expression))))
      },
      async startWorkers(work) {
        await setDurations(user.api, work.durationMs)
        await agents.start(work)
        await agentsOnline(user.api, workerProcesses)
      },
      stopWorkers: () => agents.stop(),
      processes: () => ({ server: [server.pid], store: [postgres.pid], workers: agents.pids(), client: [process.pid] }),
      // The log of results has a row an operation; it is read at the beginning and the end of a measurement alone.
      operationsDone: async () =>
        Number((await postgres.query<{ count: string }>('SELECT count(*) FROM task_result'))[0]?.count),
      logBytes: () => postgres.logBytes(),
    } satisfies RunningSystem
  },
}

async function startServer(postgres: Postgres, port: number, ledger: Ledger, cleanUp: CleanUp): Promise<Program> {
  const program = await startProgram({
    command: [process.execPath, '--max-semi-space-size=32', '--enable-source-maps', built('server')],
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

function agentPrograms(url: string, token: string, ledger: Ledger): WorkerPrograms {
  return new WorkerPrograms(ledger, manySlots, ({ slots, number }) => ({
    command: [
      process.execPath,
      '--enable-source-maps',
      built('agent'),
      '--name',
      `agent-${number}`,
      '--slots',
      String(slots),
    ],
    environment: { NODE_ENV: 'production', RECKON_SERVER: url, RECKON_AGENT_TOKEN: token, LOG_LEVEL: 'warn' },
  }))
}

import { existsSync } from 'node:fs'
import process from 'node:process'
import type { CleanUp } from '../../processes/clean-up.ts'
import { startPostgres } from '../../processes/postgres.ts'
import { sourceOf, type Operator } from '../../workload/expression.ts'
import { workerProcesses, type RunningSystem, type System } from '../system.ts'
import { agentPrograms } from './agents.ts'
import { Api } from './api.ts'
import { built } from './built.ts'
import { agentsOnline, createAgentToken, register, setDurations, submit, watchEnds } from './documents.ts'
import { npmStart } from './npm-start.ts'
import type { Observer } from './observers.ts'
import { startServer, type Server } from './servers.ts'
import { createWatching } from './watching.ts'

/**
 * As its Dockerfiles start it: the built server and two built agents, each a process, on a PostgreSQL of their own. The client is an
 * ordinary one: a user who registers, submits by mutation on one socket, many expressions with each, and learns of the ends from a
 * subscription on another. No limit of the server is raised.
 *
 * With more replicas than one there is a socket for submissions at each of them, which take turns, and the agents are spread over them.
 */
export const reckon = (replicas: number, observer: Observer | null = null): System => ({
  name: `reckon${replicas === 1 ? '' : `-${replicas}-replicas`}${observer === null ? '' : `-${observer}`}`,
  offers: replicas === 1 && observer === null ? ['watching', 'startUp'] : ['watching'],
  isExtra: observer !== null,
  ...(replicas > 1 && {
    note: `${replicas} servers on one database, the same two agents spread over them; submissions and those who watch an expression go to each in turn; one subscription at the first tells of all ends.`,
  }),
  missing: () =>
    (['server', 'agent'] as const).every((name) => existsSync(built(name))) ? null : 'not built: run `npm run build`',
  async start(ledger, cleanUp) {
    const postgres = await startPostgres(cleanUp)
    const first = await startServer(postgres, observer, ledger, cleanUp)
    const servers: Server[] = [first]
    while (servers.length < replicas) servers.push(await startServer(postgres, observer, ledger, cleanUp))
    const urls = servers.map(({ url }) => url)
    const token = await signUp(first.url)
    const admin = openApi(first.url, token, cleanUp)
    const submitters = [admin, ...urls.slice(1).map((url) => openApi(url, token, cleanUp))]
    await watchEnds(
      openApi(first.url, token, cleanUp),
      (id, ending) => ledger.ended(id, ending),
      (error) => ledger.break(error),
    )
    const agents = agentPrograms(urls, await createAgentToken(admin), ledger)
    cleanUp.add(() => agents.stop())
    let submissions = 0
    return {
      submission: { size: 16, unanswered: 4 },
      submit: async (expressions) => {
        const api = submitters[submissions++ % submitters.length] ?? admin
        await submit(
          api,
          expressions.map((expression) => ({ requestId: expression.id, source: sourceOf(expression) })),
        )
      },
      async startWorkers({ durationMs, ...work }) {
        await setDurations(admin, sameForAll(durationMs))
        await agents.start({ durationMs, ...work })
        await agentsOnline(admin, workerProcesses)
      },
      stopWorkers: () => agents.stop(),
      processes: () => ({
        server: servers.map(({ pid }) => pid),
        store: [postgres.pid],
        workers: agents.pids(),
        client: [process.pid],
      }),
      // The log of results has a row an operation; it is read at the beginning and the end of a measurement alone.
      operationsDone: async () =>
        Number((await postgres.query<{ count: string }>('SELECT count(*) FROM task_result'))[0]?.count),
      logBytes: () => postgres.logBytes(),
      watching: createWatching({ admin, urls, token, postgres, ledger, cleanUp }),
      startUp: npmStart(ledger, cleanUp),
    } satisfies RunningSystem
  },
})

const sameForAll = (durationMs: number): Record<Operator, number> => ({
  '+': durationMs,
  '-': durationMs,
  '*': durationMs,
})

async function signUp(url: string): Promise<string> {
  const anonymous = new Api(url)
  const token = await register(anonymous)
  await anonymous.close()
  return token
}

function openApi(url: string, token: string, cleanUp: CleanUp): Api {
  const api = new Api(url, token)
  cleanUp.add(() => api.close())
  return api
}

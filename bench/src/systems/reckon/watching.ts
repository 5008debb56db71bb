import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Ledger } from '../../load/ledger.ts'
import { wallClock } from '../../load/wall-clock.ts'
import type { CleanUp } from '../../processes/clean-up.ts'
import type { Postgres } from '../../processes/postgres.ts'
import { startProgram, type Program } from '../../processes/program.ts'
import { sourceOf } from '../../workload/expression.ts'
import type { Watching } from '../watching.ts'
import type { Api } from './api.ts'
import { findExpression, setDurations } from './documents.ts'
import type { Answer, Question, Report, Settings } from './watchers/protocol.ts'

const main = fileURLToPath(new URL('./watchers/main.ts', import.meta.url))

/** Those who watch are spread over so many, so that no one process is what they wait for. */
const processes = 2

interface WatchingOptions {
  readonly admin: Api
  readonly urls: readonly string[]
  readonly token: string
  readonly postgres: Postgres
  readonly ledger: Ledger
  readonly cleanUp: CleanUp
}

export function createWatching({ admin, urls, token, postgres, ledger, cleanUp }: WatchingOptions): Watching {
  let running: readonly WatcherProcess[] = []
  let requestId = ''
  let since = 0

  const stop = async () => {
    await Promise.all(running.map((watchers) => watchers.stop()))
    running = []
  }
  cleanUp.add(stop)
  const askAll = (question: Question) => ledger.orBroken(Promise.all(running.map((watchers) => watchers.ask(question))))

  /** By the database's clock, which is this machine's, when the results of a stretch of time were written; their commit follows. */
  const loggedBetween = async (from: number, to: number): Promise<ReadonlyMap<number, number>> => {
    const rows = await postgres.query<{ task: number; at: number }>(
      `SELECT task, at FROM (
         SELECT task, extract(epoch FROM task_result.finished_at)::float8 * 1000 AS at
           FROM task_result JOIN expression ON id = expression_id WHERE request_id = '${requestId}'
       ) AS logged WHERE at BETWEEN ${from} AND ${to}`,
    )
    return new Map(rows.map(({ task, at }) => [task, at]))
  }

  return {
    setDurations: (durations) => setDurations(admin, durations),
    async watch(expression, subscribers) {
      requestId = expression.id
      if (running.length === 0) running = await startProcesses(urls, token, ledger)
      const expressionId = await findExpression(admin, { requestId, source: sourceOf(expression) })
      await askAll({ kind: 'watch', expressionId, subscribers: subscribers / processes })
    },
    async begin() {
      await askAll({ kind: 'begin' })
      since = wallClock()
    },
    async report() {
      const reports = (await askAll({ kind: 'report', loggedAt: await loggedBetween(since, wallClock()) })) as Report[]
      return {
        delaysMs: reports.flatMap(({ delaysMs }) => [...delaysMs]),
        payloads: reports.reduce((sum, { payloads }) => sum + payloads, 0),
        clientDelayMs: Math.max(...reports.map(({ clientDelayMs }) => clientDelayMs)),
      }
    },
    stop,
  }
}

interface WatcherProcess {
  ask(question: Question): Promise<Answer>
  stop(): Promise<void>
}

const startProcesses = (urls: readonly string[], token: string, ledger: Ledger): Promise<WatcherProcess[]> =>
  Promise.all(Array.from({ length: processes }, (_, number) => startProcess({ urls, token, number }, ledger)))

/** Answers come in the order of the questions, of which one is open at a time. */
async function startProcess(settings: Settings, ledger: Ledger): Promise<WatcherProcess> {
  let onAnswer: (answer: Answer) => void = () => {}
  const program: Program = await startProgram({
    command: [process.execPath, '--import', 'tsx', main, JSON.stringify(settings)],
    ready: /ready/,
    onMessage: (message) => onAnswer(message as Answer),
    onLost: (error) => ledger.break(error),
  })
  return {
    ask: (question) =>
      new Promise((resolve) => {
        onAnswer = resolve
        program.send(question)
      }),
    stop: () => program.stop(),
  }
}

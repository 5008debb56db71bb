import { monitorEventLoopDelay } from 'node:perf_hooks'
import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import type { Answer, Question, Report, Settings } from './protocol.ts'
import { Subscriber } from './subscriber.ts'

// Some of those who watch. It ends when it is asked to, when a socket is lost, or when nobody is left to ask.
const { urls, token, number } = JSON.parse(process.argv[2] ?? '') as Settings

/** How many sockets may be on their way to a snapshot at once, each of which may be some hundred kilobytes. */
const opening = 500
/** How long subscribers may take to be shown what is in the log. */
const patienceMs = 20_000
const loopSampleMs = 5

const subscribers: Subscriber[] = []
const loop = monitorEventLoopDelay({ resolution: loopSampleMs })
loop.enable()

process.once('disconnect', () => process.exit(1))
process.once('SIGTERM', () => process.exit(0))
process.on('message', (question) => void answer(question as Question).then((message) => process.send?.(message)))
process.stdout.write('ready\n')

async function answer(question: Question): Promise<Answer> {
  switch (question.kind) {
    case 'watch':
      await watch(question.expressionId, question.subscribers)
      return { kind: 'done' }
    case 'begin':
      for (const subscriber of subscribers) subscriber.payloads = 0
      loop.reset()
      return { kind: 'done' }
    case 'report':
      return { kind: 'report', ...(await report(question.loggedAt)) }
    default:
      return question satisfies never
  }
}

async function watch(expressionId: string, count: number): Promise<void> {
  const openNext = async () => {
    while (subscribers.length < count) {
      const place = subscribers.length
      const url = urls[place % urls.length] ?? ''
      const address = `10.${number}.${place >> 8}.${place & 255}`
      const subscriber = new Subscriber({ url, token, address, expressionId, onLost: giveUp })
      subscribers.push(subscriber)
      await subscriber.opened
    }
  }
  await Promise.all(Array.from({ length: opening }, openNext))
}

/** What was counted is taken at once; then the last are waited for. */
async function report(loggedAt: ReadonlyMap<number, number>): Promise<Report> {
  const payloads = subscribers.reduce((sum, subscriber) => sum + subscriber.payloads, 0)
  const clientDelayMs = Math.max(0, loop.percentile(99) / 1e6 - loopSampleMs)
  const tasks = [...loggedAt]
  const end = performance.now() + patienceMs
  while (!subscribers.every(({ seenAt }) => tasks.every(([index]) => seenAt.has(index)))) {
    if (performance.now() > end) giveUp(new Error('a subscriber was not shown all that is in the log'))
    await delay(10)
  }
  const delaysMs = subscribers.flatMap(({ seenAt }) => tasks.map(([index, at]) => (seenAt.get(index) ?? NaN) - at))
  return { delaysMs: Float64Array.from(delaysMs), payloads, clientDelayMs }
}

function giveUp(error: Error): void {
  process.stderr.write(`${error.stack}\n`)
  process.exit(1)
}

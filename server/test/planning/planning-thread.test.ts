import { afterEach, describe, expect, test } from 'vitest'
import type { CompileOptions } from '../../src/domain/plan/compile.ts'
import { CompiledPlan } from '../../src/domain/plan/compiled-plan.ts'
import { PlanningThread } from '../../src/planning/planning-thread.ts'
import { limits, second } from '../domain/support/compiling.ts'

const options: CompileOptions = { regroup: true, durations: second, limits }
const threads: PlanningThread[] = []

function start(file?: URL): PlanningThread {
  const thread = new PlanningThread(file)
  threads.push(thread)
  return thread
}

/** A thread that runs a program of the test's own. */
function startWith(program: string): PlanningThread {
  const source = `import { parentPort } from 'node:worker_threads'\n${program}`
  return start(new URL(`data:text/javascript,${encodeURIComponent(source)}`))
}

afterEach(async () => {
  await Promise.all(threads.splice(0).map((thread) => thread.stop()))
})

describe('a thread that compiles', () => {
  test('answers with the plan, and with what is wrong with a source', async () => {
    const thread = start()
    const [good, bad] = await Promise.all([
      thread.compile('ada', { source: '(1+2)*3', options }),
      thread.compile('ada', { source: '1+', options }),
    ])
    if (good.outcome.kind !== 'compiled') throw new Error('it is an expression')
    expect(good.outcome).toMatchObject({ operationCount: 2, regrouped: false })
    expect(CompiledPlan.fromText(good.outcome.text, 2).plan.tasks).toHaveLength(2)
    expect(good.tookMs).toBeGreaterThan(0)
    expect(bad.outcome).toMatchObject({ kind: 'syntax-error' })
  })

  test('takes the sources of its clients in turns', async () => {
    const thread = startWith(
      `parentPort.on('message', (request) => parentPort.postMessage({ outcome: request.source, tookMs: 1 }))`,
    )
    const order: unknown[] = []
    const compile = async (client: string, source: string) =>
      order.push((await thread.compile(client, { source, options })).outcome)
    await Promise.all([
      ...['a1', 'a2', 'a3'].map((source) => compile('ada', source)),
      ...['b1', 'b2'].map((source) => compile('bob', source)),
    ])
    expect(order).toEqual(['a1', 'a2', 'b1', 'a3', 'b2'])
  })

  test('that is lost fails what it compiles, and the next source gets another one', async () => {
    const thread = startWith(`parentPort.on('message', ({ source }) => {
      if (source === 'break') throw new Error('broken on purpose')
      parentPort.postMessage({ outcome: source, tookMs: 1 })
    })`)
    const broken = thread.compile('ada', { source: 'break', options })
    const next = thread.compile('ada', { source: 'whole', options })
    await expect(broken).rejects.toThrow('the thread that compiles was lost: broken on purpose')
    expect(await next).toMatchObject({ outcome: 'whole' })
  })

  test('that is stopped compiles nothing more and leaves nobody waiting', async () => {
    const thread = startWith(`parentPort.on('message', () => {})`)
    const waiting = ['1', '2'].map((source) => thread.compile('ada', { source, options }))
    const outcomes = Promise.allSettled(waiting)
    await thread.stop()
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await expect(thread.compile('ada', { source: '3', options })).rejects.toThrow('the server stops')
  })
})

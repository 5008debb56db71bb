import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { timers, type Clock } from '../../src/clock.ts'
import { OwnedExpression } from '../../src/scheduler/memory/owned-expression.ts'
import { Results } from '../../src/scheduler/results/results.ts'
import { openStoreBench, type StoreBench } from '../store/support.ts'
import { Inbox } from '../support/inbox.ts'
import { beginAtReplica, createResultParts, openSession } from './support/replica-parts.ts'

let bench: StoreBench
beforeAll(async () => {
  bench = await openStoreBench()
})
beforeEach(() => bench.reset())
afterAll(() => bench.close())

/** The values of (1+2)*(3+4), by task. */
const values = ['3', '7', '21']

/** An agent has all tasks of an expression that no replica owns: its owner was lost with what it had not written. */
async function loseOwner(clock?: Clock) {
  const { deps, ending, owned } = await beginAtReplica(bench, clock)
  deps.state.disown(owned)
  const agentId = v7()
  openSession(deps, agentId)
  const parts = createResultParts(deps, ending)
  const results = new Results(deps, parts)
  const submit = async (task: number, value = values[task] ?? '') => {
    const ticket = deps.tickets.issue({ expressionId: owned.id, task, attempt: 1, epoch: 1 }, agentId)
    const [receipt] = await results.submit(agentId, [{ ticket, elapsedMs: 1_000, outcome: { kind: 'value', value } }])
    return receipt
  }
  const logged = async () => {
    const { rows } = await bench.pool.query<{ task: number }>('SELECT task FROM task_result ORDER BY task')
    return rows.map(({ task }) => task)
  }
  return { deps, owned, foreignResults: parts.foreignResults, submit, logged }
}

/** As a replica that takes it over has it. */
const takenOver = ({ id, ownerId, graph: { plan } }: OwnedExpression) =>
  new OwnedExpression({ id, ownerId, epoch: 2, retryEpoch: 0, plan }, [], new Map(), 0)

describe('a value whose operands the lost owner had not written', () => {
  test('waits for them, and is not computed again', async () => {
    const { submit, logged } = await loseOwner()
    const product = submit(2)
    expect(await submit(0)).toBe('ACCEPTED')
    expect(await logged()).toEqual([0])
    expect(await submit(1)).toBe('ACCEPTED')
    expect(await product).toBe('ACCEPTED')
    expect(await logged()).toEqual([0, 1, 2])
  })

  test('is held against them once they are there', async () => {
    const { submit, logged } = await loseOwner()
    const product = submit(2, '22')
    await Promise.all([submit(0), submit(1)])
    expect(await product).toBe('REFUSED')
    expect(await logged()).toEqual([0, 1])
  })

  test('is taken at once by whoever owns the expression', async () => {
    const { deps, owned, foreignResults, submit, logged } = await loseOwner()
    const product = submit(2)
    await submit(0)
    deps.state.own(takenOver(owned))
    await foreignResults.settle(owned.id)
    expect(await product).toBe('ACCEPTED')
    expect(await logged()).toEqual([0, 2])
  })

  test('goes to others once agents have had their time to come back', async () => {
    const waits = new Inbox<{ readonly ms: number; readonly end: () => void }>('waits')
    let now = Date.now()
    const clock = {
      ...timers,
      now: () => now,
      after: (ms: number, end: () => void) => (waits.put({ ms, end }), () => {}),
    }
    const { deps, owned, submit, logged } = await loseOwner(clock)
    const released: unknown[] = []
    deps.announcer.on('released', (told) => released.push(told))
    const product = submit(2)
    const wait = await waits.next()
    now += wait.ms
    wait.end()
    expect(await product).toBe('NOT_NEEDED')
    expect(released).toMatchObject([{ expressionId: owned.id, tasks: [{ task: 2, attempt: 1, epoch: 1 }] }])
    expect(await logged()).toEqual([])
  })
})

test('what came before a replica owned an expression is in its graph before it places the rest', async () => {
  const { deps, owned, foreignResults, submit } = await loseOwner()
  const receipts = [submit(0), submit(1)]
  const taken = takenOver(owned)
  taken.recover()
  deps.state.own(taken)
  await foreignResults.settle(owned.id)
  expect(taken.graph.ready()).toEqual([2])
  expect(await Promise.all(receipts)).toEqual(['ACCEPTED', 'ACCEPTED'])
})

import { describe, expect, test } from 'vitest'
import { WorkLog } from '../../src/scheduler/memory/recent-work.ts'
import { ending, submit } from '../support/expressions.ts'
import { register, type Person } from '../support/people.ts'
import { startWorld } from '../support/world.ts'

interface ShownRun {
  readonly operation: string
  readonly endedAt: string | null
  readonly isLost: boolean
  readonly expressionId: string | null
  readonly taskIndex: number | null
}

interface ShownWork {
  readonly workChanged: { readonly runs: ShownRun[]; readonly running: ShownRun[]; readonly skipped: number }
}

const fields = 'operation endedAt isLost expressionId taskIndex'
const watch = (client: Person) =>
  client.watch<ShownWork>(`subscription { workChanged { skipped runs { ${fields} } running { ${fields} } } }`)

describe('what agents do', () => {
  test('is told to all, and whose it is to nobody but its user', async () => {
    const { app, admin, openAgent } = await startWorld()
    const eve = await register(app, 'eve@example.com')
    const agent = await openAgent({ slots: 2 })
    const { id } = await submit(admin, '1*2')
    const task = await agent.assigned.next()
    const [mine, others] = [watch(admin).inbox, watch(eve).inbox]
    const isRunning = ({ workChanged: { running } }: ShownWork) => running.length > 0
    expect((await mine.until(isRunning)).workChanged.running).toMatchObject([
      { operation: '*', endedAt: null, expressionId: id, taskIndex: 0 },
    ])
    expect((await others.until(isRunning)).workChanged.running).toMatchObject([
      { operation: '*', expressionId: null, taskIndex: null },
    ])
    await agent.solve(task)
    await ending(admin, id)
    const hasEnded = ({ workChanged: { runs, running } }: ShownWork) => runs.length > 0 && running.length === 0
    expect((await mine.until(hasEnded)).workChanged.runs).toMatchObject([{ isLost: false, expressionId: id }])
    const { workChanged: seen } = await others.until(hasEnded)
    expect(seen.runs).toMatchObject([{ endedAt: expect.any(String), expressionId: null, taskIndex: null }])
    // Whoever comes later sees what was.
    expect((await watch(eve).inbox.next()).workChanged.runs).toEqual(seen.runs)
  })

  test('is told too where it came to nothing', async () => {
    const { admin, openAgent } = await startWorld({ environment: { SESSION_GRACE_MS: '0' } })
    const agent = await openAgent()
    await submit(admin, '1*2')
    await agent.assigned.next()
    agent.cut()
    const { workChanged } = await watch(admin).inbox.until(({ workChanged: { runs } }) => runs.length > 0)
    expect(workChanged.runs).toMatchObject([{ isLost: true }])
  })
})

describe('the memory of what agents did', () => {
  const run = {
    ...{ agentId: 'ada', expressionId: 'e', ownerId: 'u', task: 0, operation: '+' },
    ...{ startedAt: 0, endedAt: 1, durationMs: 1, isLost: false },
  }

  test('keeps some of what comes too fast to be seen, and counts the rest', () => {
    const log = new WorkLog()
    for (let count = 0; count < 1_000; count++) if (log.hasRoom(5_000)) log.note(run)
    expect([log.sequence, log.skipped]).toEqual([50, 950])
    expect(log.after(45, 100).map(({ sequence }) => sequence)).toEqual([46, 47, 48, 49, 50])
  })

  test('is bounded, however much is done', () => {
    let now = 0
    const log = new WorkLog()
    for (let count = 0; count < 100_000; count++) if (log.hasRoom((now += 1_000))) log.note(run)
    expect(log.after(0, Infinity).length).toBeLessThanOrEqual(20_000)
    expect(log.after(0, 3).map(({ sequence }) => sequence)).toEqual([99_998, 99_999, 100_000])
    expect(log.after(100_000, 3)).toEqual([])
  })
})

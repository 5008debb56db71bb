import { describe, expect, test } from 'vitest'
import { ending, setDurations, submit } from '../support/expressions.ts'
import { register, type Person } from '../support/people.ts'
import { startWorld } from '../support/world.ts'

interface Shown {
  readonly madeAt: string
  readonly finishAt: string | null
  readonly waitsFor: string
  readonly assignedTasks: number
  readonly readyTasks: number
  readonly waitingTasks: number
  readonly retryingTasks: number
  readonly retryAt: string | null
  readonly ownTasksBefore: number
  readonly othersTasksBefore: number
  readonly slots: number
}

const fields = `
  madeAt finishAt waitsFor assignedTasks readyTasks waitingTasks retryingTasks retryAt ownTasksBefore othersTasksBefore slots`

interface Asked {
  readonly expression: { readonly startedAt: string; readonly prediction: Shown | null } | null
}

const ask = async (client: Person, id: string) =>
  (await client.get<Asked>(`query ($id: ID!) { expression(id: $id) { startedAt prediction { ${fields} } } }`, { id }))
    .expression

async function foresee(client: Person, id: string): Promise<Shown> {
  const shown = (await ask(client, id))?.prediction
  if (!shown) throw new Error('Nothing is foreseen.')
  return shown
}

const watch = (client: Person, id: string) =>
  client.watch<{ predictionChanged: Shown | null }>(
    `subscription ($id: ID!) { predictionChanged(expressionId: $id) { ${fields} } }`,
    { id },
  )

describe('what is foreseen of an expression', () => {
  test('is that nothing goes on while there is no agent', async () => {
    const { admin } = await startWorld()
    const { id } = await submit(admin, '1+2')
    expect(await foresee(admin, id)).toMatchObject({ finishAt: null, waitsFor: 'NO_AGENTS', slots: 0 })
  })

  test('is its end by the durations, and gets known better as results come', async () => {
    const { admin, openAgent } = await startWorld()
    await setDurations(admin, { ADD: 2_000, MULTIPLY: 30_000 })
    const agent = await openAgent({ slots: 2 })
    const { id } = await submit(admin, '(1+2)*(3+4)')
    const [first, second] = await agent.take(2)
    const before = await foresee(admin, id)
    expect(before).toMatchObject({ waitsFor: 'OPERANDS', assignedTasks: 2, readyTasks: 0, waitingTasks: 1, slots: 2 })
    const { startedAt = '' } = (await ask(admin, id)) ?? {}
    const foreseenMs = Date.parse(before.finishAt ?? '') - Date.parse(startedAt)
    // And what the way to the agent and back takes, of which nothing is known yet.
    expect(foreseenMs).toBeGreaterThanOrEqual(32_000)
    expect(foreseenMs).toBeLessThan(33_000)

    const { inbox } = watch(admin, id)
    await inbox.next()
    await agent.solve(first!, second!)
    const [product] = await agent.take(1)
    const { predictionChanged: after } = await inbox.until(
      ({ predictionChanged: shown }) => shown?.assignedTasks === 1 && shown.waitingTasks === 0,
    )
    // The sums took less than was foreseen.
    expect(Date.parse(after?.finishAt ?? '')).toBeLessThan(Date.parse(before.finishAt ?? ''))
    await agent.solve(product!)
    await ending(admin, id)
    expect((await ask(admin, id))?.prediction).toBeNull()
  })

  test('is that others go first, where they do', async () => {
    const { app, admin, openAgent } = await startWorld()
    const eve = await register(app, 'eve@example.com')
    const agent = await openAgent({ slots: 1 })
    await submit(eve, '(1+2)*(3+4)*(5+6)')
    await agent.take(1)
    const { id } = await submit(admin, '7+8')
    expect(await foresee(admin, id)).toMatchObject({ waitsFor: 'OTHER_USERS', readyTasks: 1, ownTasksBefore: 0 })
    expect((await foresee(admin, id)).othersTasksBefore).toBeGreaterThan(0)
    expect(await ask(eve, id)).toBeNull()
  })

  test('is that one’s own longer expression goes first', async () => {
    const { admin, openAgent } = await startWorld()
    const agent = await openAgent({ slots: 1 })
    await submit(admin, '(1+2)*(3+4)*(5+6)')
    await agent.take(1)
    const { id } = await submit(admin, '7+8')
    expect(await foresee(admin, id)).toMatchObject({ waitsFor: 'OWN_EXPRESSIONS', othersTasksBefore: 0 })
  })

  test('is the next try of what an agent could not compute', async () => {
    const { admin, openAgent } = await startWorld()
    const agent = await openAgent({ slots: 1 })
    const { id } = await submit(admin, '1+2')
    const { ticket } = await agent.assigned.next()
    await agent.submit({ ticket, error: { code: 'AGENT_ERROR', message: 'out of order' } })
    const { predictionChanged } = await watch(admin, id).inbox.until(
      ({ predictionChanged: shown }) => shown?.waitsFor === 'RETRY',
    )
    expect(predictionChanged).toMatchObject({ retryingTasks: 1, retryAt: expect.any(String) })
    expect(Date.parse(predictionChanged?.finishAt ?? '')).toBeGreaterThan(Date.parse(predictionChanged?.retryAt ?? ''))
  })
})

describe('with so many slots', () => {
  const source = '(1+2)*(3+4)-(5+6)*(7+8)'

  test('a plan takes from all its operations one after the other to its critical path', async () => {
    const { admin } = await startWorld()
    const { planExpression: plan } = await admin.get<{ planExpression: Record<string, number> }>(
      `query ($source: String!) {
        planExpression(source: $source) {
          ... on Plan { criticalPathMs totalDurationMs one: durationMs(slots: 1) two: durationMs(slots: 2) many: durationMs(slots: 99) }
        }
      }`,
      { source },
    )
    expect(plan).toEqual({ criticalPathMs: 3_000, totalDurationMs: 7_000, one: 7_000, two: 4_000, many: 3_000 })
  })

  test('what is left of an expression takes as long as it takes without what is known', async () => {
    const { admin, openAgent } = await startWorld()
    const agent = await openAgent({ slots: 4 })
    const { id } = await submit(admin, source)
    const left = async () =>
      (
        await admin.get<{ expression: Record<string, number | null> }>(
          `query ($id: ID!) { expression(id: $id) { one: remainingMs(slots: 1) two: remainingMs(slots: 2) } }`,
          { id },
        )
      ).expression
    expect(await left()).toEqual({ one: 7_000, two: 4_000 })
    await agent.solve(...(await agent.take(4)))
    expect(await left()).toEqual({ one: 3_000, two: 2_000 })
  })

  test('it is an error to ask for none', async () => {
    const { admin } = await startWorld()
    const { id } = await submit(admin, '1+2')
    const answer = admin.get(`query ($id: ID!) { expression(id: $id) { remainingMs(slots: 0) } }`, { id })
    await expect(answer).rejects.toThrow(/1 to/)
  })
})

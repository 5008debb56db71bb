import { expect, test } from 'vitest'
import { whenTestIsDone } from '../support/cleanup.ts'
import { setDurations } from '../support/expressions.ts'
import { checkInvariants } from './checker/verdict.ts'
import { Cluster } from './harness/cluster.ts'
import { submitRandomLoad } from './harness/random-load.ts'

const nobody = '00000000-0000-0000-0000-000000000000'

/** Each wrong is done to what was right, and undone again. */
test('the checker of the invariants finds each of them broken', async () => {
  const cluster = await Cluster.start({ seed: 1, replicas: 1 }, whenTestIsDone)
  const { admin, load, users, agents } = cluster
  const violations = async () =>
    (await checkInvariants(cluster, { patienceMs: 1_000 })).violations.map((text) => text.slice(0, 2))
  await setDurations(admin, { ADD: 1, SUBTRACT: 1, MULTIPLY: 1, DIVIDE: 1 })
  await cluster.addAgents(1, 4)
  const observer = cluster.observe('expressions', users[0]!)
  await submitRandomLoad(cluster, { perUser: 3, operations: [5, 5] })
  expect(await violations()).toEqual([])

  const wrong = async (sql: string, undo: string) => {
    await cluster.query(sql, [load.accepted[0]!.id])
    try {
      return await violations()
    } finally {
      await cluster.query(undo, [load.accepted[0]!.id])
    }
  }
  const row = 'WHERE expression_id = $1 AND task = 2'
  await cluster.query('CREATE TABLE saved AS SELECT * FROM task_result')
  const restore = `INSERT INTO task_result SELECT * FROM saved ${row} ON CONFLICT DO NOTHING`
  expect(await wrong(`UPDATE task_result SET value = value || '0' ${row}`, `DELETE FROM task_result ${row}`)).toContain(
    'I2',
  )
  expect(await wrong(`DELETE FROM task_result ${row}`, restore)).toContain('I2')
  const result = (change: string) => `UPDATE expression SET result = ${change} WHERE id = $1`
  expect(await wrong(result("result || '0'"), result('left(result, -1)'))).toEqual(['I2', 'I4'])
  expect(await violations()).toEqual([])

  const run = agents[0]!.runs[0]!
  run.computations.push({ ...run.computations[0]!, attempt: 2 })
  expect(await violations()).toEqual(['I3'])
  run.computations.pop()
  const removed = run.computations.pop()!
  expect(await violations()).toEqual(['I2'])
  run.computations.push(removed)

  const [id, shown] = [...observer.shown][0]!
  observer.shown.set(id, { ...shown, status: 'RUNNING' })
  expect(await violations()).toEqual(['I4'])
  observer.shown.set(id, shown)
  observer.shown.set('of another', shown)
  expect(await violations()).toEqual(['I4'])
  observer.shown.delete('of another')
  observer.regressions.push('went back')
  expect(await violations()).toEqual(['I4'])
  observer.regressions.pop()

  load.accepted.push({ ...load.accepted[0]!, id: nobody })
  expect(await violations()).toEqual(['I1', 'I2'])
}, 120_000)

import { expect } from 'vitest'
import { setDurations, submit } from '../support/expressions.ts'
import { valueOf, type TestAgent, type TestAssignment } from '../support/test-agent.ts'
import { faultTest } from './fault-test.ts'
import type { Cluster } from './harness/cluster.ts'

const copies = 100

faultTest(
  'results a hundredfold, at once and through two replicas',
  { replicas: 2, isRepresentative: true },
  async (cluster) => {
    const { near, far, tasks } = await giveOut(cluster)
    const receipts = await Promise.all(
      Array.from({ length: copies }, (_, copy) => {
        const sender = copy % 2 === 0 ? near : far
        return sender.trySubmit(tasks.map(rightly), near.id)
      }),
    )
    for (const [place] of tasks.entries()) {
      const ofTask = receipts.map(({ receipts: list }) => list?.[place])
      expect(ofTask.filter((receipt) => receipt === 'ACCEPTED')).toHaveLength(1)
      // The last result ends the expression: then it is no longer needed, which is as good as a duplicate.
      expect(new Set(ofTask.filter((receipt) => receipt !== 'ACCEPTED'))).toEqual(new Set(['DUPLICATE']))
    }
    expect(await resultsInLog(cluster)).toBe(tasks.length)
    return { load: `${copies} times ${tasks.length} results` }
  },
)

faultTest(
  'forged results, before a crash and right after',
  { replicas: 2, isRepresentative: true },
  async (cluster) => {
    const { near, far, tasks } = await giveOut(cluster)
    const forge = async (near: TestAgent, far: TestAgent) => {
      const [task, another] = tasks as [TestAssignment, TestAssignment]
      const { ticket } = task
      const claimOf = (one: string) => one.slice(0, one.lastIndexOf('.'))
      const changed = (place: number) =>
        ticket.slice(0, place) + (ticket[place] === 'A' ? 'B' : 'A') + ticket.slice(place + 1)
      // Every character counts: expression, task, attempt and keyed hash stand in one ticket.
      const forged = [...ticket.split('').keys()].map(changed)
      const answers = await Promise.all([
        near.submit(...forged.map((one) => ({ ticket: one, value: '1' }))),
        // The ticket of one agent, sent by another and as that other's.
        far.submit({ ticket, value: valueOf(task) }),
        near.submit({ ticket: claimOf(ticket) + another.ticket.slice(claimOf(another.ticket).length), value: '1' }),
        near.submit({ ticket: '', value: '1' }),
        near.submit({ ticket, value: 'no number' }),
      ])
      expect(new Set(answers.flat())).toEqual(new Set(['REFUSED']))
      // An agent of another token is not believed at all.
      expect(
        await near.trySubmit([rightly(task)], 'QWdlbnQ6MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw'),
      ).toMatchObject({
        code: 'FORBIDDEN',
      })
      expect(await resultsInLog(cluster)).toBe(0)
    }
    await forge(near, far)
    const crashed = cluster.replica(0)
    await crashed.kill()
    await crashed.start()
    const heldTickets = tasks.map(({ ticket }) => ticket)
    const { sessionId, name } = near
    const back = await cluster.play(crashed.network, { name, sessionId, heldTickets, slots: 8 })
    await forge(back, far)
    // What is right is taken, though the process that gave it out is no more.
    expect(await back.solve(...tasks)).toEqual(tasks.map(() => 'ACCEPTED'))
    return {}
  },
)

/** Two agents that the test plays, one at each replica, of which the first holds some tasks. */
async function giveOut(cluster: Cluster) {
  const { admin } = cluster
  await setDurations(admin, { ADD: 60_000 })
  const [one, other] = [cluster.replica(0).network, cluster.replica(1).network]
  const near = await cluster.play(one, { name: 'near', slots: 8 })
  await submit(cluster.user(0), '(1+2)+(3+4)+(5+6)+(7+8)', { regroup: true })
  const tasks = await near.take(4)
  const far = await cluster.play(other, { name: 'far', slots: 8 })
  return { near, far, tasks }
}

const rightly = (task: TestAssignment) => ({ ticket: task.ticket, value: valueOf(task) })

async function resultsInLog(cluster: Cluster): Promise<number> {
  return (await cluster.query('SELECT FROM task_result')).length
}

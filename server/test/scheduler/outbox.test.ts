import { describe, expect, test } from 'vitest'
import { Outbox } from '../../src/scheduler/memory/outbox.ts'
import type { TaskAssignment } from '../../src/use-cases/scheduler-port.ts'

const assignment = (ticket: number, digits: number): TaskAssignment => ({
  ticket: `${ticket}`,
  operation: '+',
  operands: ['1'.repeat(digits), '2'],
  durationMs: 0,
})

/** All messages that wait, as the tickets in each. */
async function drain(outbox: Outbox, assignments: number): Promise<string[][]> {
  const messages: string[][] = []
  while (messages.flat().length < assignments) {
    const { value } = (await outbox.next()) as IteratorYieldResult<{ kind: string; assignments: TaskAssignment[] }>
    expect(value.kind).toBe('TasksAssigned')
    messages.push(value.assignments.map(({ ticket }) => ticket))
  }
  return messages
}

describe('what is assigned to an agent', () => {
  test('travels as one list, however long, while its operands are short', async () => {
    const outbox = new Outbox(() => {})
    for (let ticket = 0; ticket < 1_280; ticket++) outbox.assign(assignment(ticket, 30))
    expect(await drain(outbox, 1_280)).toHaveLength(1)
  })

  test('travels in messages of bounded length, in its order, each task once', async () => {
    const outbox = new Outbox(() => {})
    const digits = 40_000
    for (let ticket = 0; ticket < 1_280; ticket++) outbox.assign(assignment(ticket, digits))
    const messages = await drain(outbox, 1_280)
    expect(Math.max(...messages.map(({ length }) => length * (digits + 1)))).toBeLessThanOrEqual(2 ** 18)
    expect(messages.flat()).toEqual([...Array(1_280).keys()].map(String))
  })

  test('goes alone where it is longer than a message by itself, and does not hold up the next', async () => {
    const outbox = new Outbox(() => {})
    for (const [ticket, digits] of [1, 1_000_000, 1_000_000, 1].entries()) outbox.assign(assignment(ticket, digits))
    expect(await drain(outbox, 4)).toEqual([['0'], ['1'], ['2'], ['3']])
  })

  test('is not sent where it is revoked before its message left', async () => {
    const outbox = new Outbox(() => {})
    for (let ticket = 0; ticket < 3; ticket++) outbox.assign(assignment(ticket, 200_000))
    expect(await drain(outbox, 1)).toEqual([['0']])
    outbox.revoke('1')
    expect(await drain(outbox, 1)).toEqual([['2']])
  })
})

import { expect, test } from 'vitest'
import { areSpent, needsAgentAlone, type Failure } from '../../src/domain/tasks/attempt.ts'

const error: Failure = { outcome: 'AGENT_ERROR', alone: false }
const lost: Failure = { outcome: 'AGENT_LOST', alone: false }
const lostAlone: Failure = { outcome: 'AGENT_LOST', alone: true }

const failed = (...failures: readonly Failure[]) => new Map(failures.map((failure, place) => [place + 1, failure]))

test('the last attempt is made alone, where an agent was lost before', () => {
  expect(needsAgentAlone(failed(lost), 3)).toBe(false)
  expect(needsAgentAlone(failed(lost, error), 3)).toBe(true)
  expect(needsAgentAlone(failed(error, error), 3)).toBe(false)
})

test('attempts are spent when the last one allowed ends with an error, or with the loss of an agent that had nothing else', () => {
  expect(areSpent(failed(lost, lost), 3)).toBe(false)
  expect(areSpent(failed(lost, lost, error), 3)).toBe(true)
  expect(areSpent(failed(lost, lost, lostAlone), 3)).toBe(true)
})

test('what was not alone with its agent has another attempt, but not without end', () => {
  expect(areSpent(failed(lost, lost, lost), 3)).toBe(false)
  expect(areSpent(failed(error, error, lost, lostAlone), 3)).toBe(true)
  expect(areSpent(failed(lost, lost, lost, lost), 3)).toBe(false)
  expect(areSpent(failed(lost, lost, lost, lost, lost), 3)).toBe(true)
})

test('of the order in which failures become known nothing depends', () => {
  const late = new Map([
    [3, lostAlone],
    [1, lost],
    [2, error],
  ])
  expect(areSpent(late, 3)).toBe(true)
})

test('a single attempt is one, whatever it had beside it', () => {
  expect(areSpent(failed(lost), 1)).toBe(true)
})

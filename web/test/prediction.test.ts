import { describe, expect, it } from 'vitest'
import { choicesOf } from '../src/components/SlotsSlider.tsx'
import type { PredictionData } from '../src/features/expression/prediction/usePrediction.ts'
import { waitSentence } from '../src/features/expression/prediction/wait-sentence.ts'

const now = Date.parse('2026-01-01T00:00:00.000Z')

const prediction = (data: Partial<PredictionData>): PredictionData => ({
  madeAt: '2026-01-01T00:00:00.000Z',
  finishAt: null,
  waitsFor: 'OPERANDS',
  assignedTasks: 0,
  readyTasks: 0,
  waitingTasks: 0,
  retryAt: null,
  ownTasksBefore: 0,
  othersTasksBefore: 0,
  slots: 8,
  ...data,
})

describe('what an expression waits for, in a sentence', () => {
  it.each<[Partial<PredictionData>, string]>([
    [{ assignedTasks: 3, waitingTasks: 12 }, '3 operations are being computed. 12 more wait for results.'],
    [{ assignedTasks: 1, waitingTasks: 1 }, '1 operation is being computed. 1 more waits for results.'],
    [{ assignedTasks: 1 }, 'Its last operation is being computed.'],
    [{ assignedTasks: 2 }, 'Its last 2 operations are being computed.'],
    [{ waitsFor: 'SLOTS', readyTasks: 4 }, 'It waits for a slot: all 8 are taken.'],
    [{ waitsFor: 'SLOTS', readyTasks: 4, slots: 1 }, 'It waits for a slot: the only one is taken.'],
    [
      { waitsFor: 'SLOTS', assignedTasks: 8, readyTasks: 40 },
      '8 operations are being computed. 40 more are ready and wait for one of 8 slots.',
    ],
    [
      { waitsFor: 'SLOTS', assignedTasks: 16, readyTasks: 40 },
      '8 operations are being computed. 48 more are ready and wait for one of 8 slots.',
    ],
    [
      { waitsFor: 'OWN_EXPRESSIONS', readyTasks: 1, ownTasksBefore: 1 },
      '1 operation of your other expressions gets a slot before its next.',
    ],
    [
      { waitsFor: 'OTHER_USERS', readyTasks: 1, ownTasksBefore: 2, othersTasksBefore: 1_200 },
      '1,200 operations of others and 2 of yours get a slot before its next.',
    ],
    [
      { waitsFor: 'AGENT_ALONE', readyTasks: 1 },
      'An operation was lost with its agents: before its last attempt it waits for an agent that computes nothing else.',
    ],
    [{ waitsFor: 'NO_AGENTS' }, 'It waits for an agent: none is connected. Agents tells how to start one.'],
    [
      { waitsFor: 'RETRY', retryAt: '2026-01-01T00:00:04.000Z' },
      'An agent could not compute an operation; it is tried again in 4.0 s.',
    ],
    [
      { waitsFor: 'RECOVERY' },
      'The server was started anew, and waits for its agents to come back with what they have.',
    ],
    [{ waitsFor: 'LOG' }, 'All is computed; the last results are on their way to the disk.'],
  ])('%o', (data, sentence) => {
    expect(waitSentence(prediction(data), now)).toBe(sentence)
  })
})

describe('the numbers of slots to choose from', () => {
  it('end where more would not help', () => {
    const times = { s1: 800, s2: 400, s4: 250, s8: 250, s16: 250, __typename: 'Plan' }
    expect(choicesOf(times).map(({ slots }) => slots)).toEqual([1, 2, 4])
  })

  it('are none where nothing is left', () => {
    expect(choicesOf({ s1: null, s2: null })).toEqual([])
  })
})

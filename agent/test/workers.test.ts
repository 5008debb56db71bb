import { describe, expect, it } from 'vitest'
import type { Outcome } from '../src/compute/compute.ts'
import { attempt, isLight, type Operation } from '../src/compute/operation.ts'
import { Workers } from '../src/compute/workers.ts'
import { realWorkers } from './support/computers.ts'

const sum = (left: string, right: string): Operation => ({ operation: '+', operands: [left, right] })
const outcomeOf = (workers: Workers, operation: Operation) =>
  new Promise<Outcome>((resolve) => void workers.compute(operation, 10_000, resolve))

describe('Workers', () => {
  it('compute elsewhere, as many as are asked for', async () => {
    const workers = realWorkers(2)
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, n) => outcomeOf(workers, sum(String(n), '1/2'))))
    expect(outcomes).toEqual(outcomes.map((_, n) => ({ kind: 'value', value: `${2 * n + 1}/2` })))
  })

  it('tell of arithmetic that fails, and of operands that are no numbers', async () => {
    const workers = realWorkers(1)
    expect(await outcomeOf(workers, { operation: '/', operands: ['1', '0'] })).toMatchObject({
      code: 'DIVISION_BY_ZERO',
    })
    expect(await outcomeOf(workers, sum('x', '1'))).toMatchObject({ code: 'AGENT_ERROR' })
  })

  it('say nothing of what was taken back, whether it waits or runs', async () => {
    const workers = realWorkers(1)
    const told: string[] = []
    const takeBack = ['running', 'waiting'].map((name) => workers.compute(sum('1', '1'), 100, () => told.push(name)))
    for (const take of takeBack) take()
    await outcomeOf(workers, sum('2', '2'))
    expect(told).toEqual([])
  })

  it('that die cost an attempt, and others come in their place', async () => {
    const broken = new URL('data:text/javascript,')
    const dying = new URL(
      `data:text/javascript,import{parentPort}from"node:worker_threads";parentPort.on("message",({operation})=>{${'if(operation.operands[0]==="0")throw new Error("out of order");'}parentPort.postMessage({kind:"value",value:"7"})})`,
    )
    const workers = new Workers({ file: dying, size: 1 })
    const [lost, next] = await Promise.all([outcomeOf(workers, sum('0', '1')), outcomeOf(workers, sum('3', '4'))])
    expect(lost).toEqual({
      kind: 'error',
      code: 'AGENT_ERROR',
      message: 'The thread that computed it was lost: out of order.',
    })
    expect(next).toEqual({ kind: 'value', value: '7' })
    expect(await outcomeOf(new Workers({ file: broken, size: 1 }), sum('1', '1'))).toMatchObject({
      code: 'AGENT_ERROR',
    })
  })
})

describe('an operation is light', () => {
  const fraction = (digits: number) => `${'7'.repeat(digits)}/${'3'.repeat(digits)}`
  it.each<[boolean, Operation]>([
    [true, sum('1', '2')],
    [true, sum(fraction(100), fraction(100))],
    [false, sum(fraction(200), fraction(200))],
    [true, { operation: '^', operands: ['2', '-300'] }],
    [false, { operation: '^', operands: ['2', '-3000'] }],
    [false, { operation: '^', operands: ['3/2', '9'.repeat(400)] }],
  ])('%s of %o', (expected, operation) => {
    expect(isLight(operation)).toBe(expected)
  })

  it('and then costs far less than a millisecond, whatever it is', () => {
    const worst: Operation[] = [
      sum(fraction(127), `${'8'.repeat(127)}/${'9'.repeat(126)}`),
      { operation: '*', operands: [fraction(127), `${'8'.repeat(127)}/${'9'.repeat(126)}`] },
      { operation: '+', operands: ['9'.repeat(508), '1/3'] },
      { operation: '^', operands: ['9/7', '170'] },
    ]
    for (const operation of worst) {
      expect(isLight(operation)).toBe(true)
      const before = process.cpuUsage()
      for (let i = 0; i < 100; i++) attempt(operation, 10_000)
      const { user, system } = process.cpuUsage(before)
      expect((user + system) / 100).toBeLessThan(2_000)
    }
  })
})

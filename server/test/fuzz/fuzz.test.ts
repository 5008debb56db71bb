import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Fuzzer } from './fuzzer.ts'
import { printFinding } from './print-finding.ts'

const seed = 20_261_127
const cases = 600
/** Of processor time, a case. Nothing sound comes near it. */
const limitMs = 150
const timeoutMs = 180_000

describe('a server that is asked what nobody sane would ask', () => {
  let fuzzer: Fuzzer
  beforeAll(async () => {
    fuzzer = await Fuzzer.start(seed, limitMs)
  }, timeoutMs)
  afterAll(async () => {
    expect(await fuzzer.stop()).toBe(true)
  }, timeoutMs)

  it(
    'answers as graphql-js would, and tells nothing that it should not',
    async () => {
      const findings = []
      for (let number = 0; number < cases && fuzzer.isAlive; number++) {
        const finding = await fuzzer.run(number)
        if (finding !== null) findings.push(printFinding(finding))
      }
      expect(findings).toEqual([])
    },
    timeoutMs,
  )
})

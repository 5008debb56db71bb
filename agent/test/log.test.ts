import { describe, expect, it } from 'vitest'
import { humanLine } from '../src/log.ts'

describe('humanLine', () => {
  const line = (details: object) =>
    humanLine(JSON.stringify({ level: 40, time: 0, program: 'reckon-agent', ...details, msg: 'not connected' }))

  it('shows time, level and message, and details where there are any', () => {
    expect(line({})).toMatch(/^\d\d:\d\d:\d\d WARN not connected\n$/)
    expect(line({ reason: 'ECONNREFUSED', tries: 2 })).toMatch(/ not connected \(reason: "ECONNREFUSED", tries: 2\)\n$/)
  })
})

import { describe, expect, it } from 'vitest'
import { Signals } from '../src/signals.ts'

describe('Signals', () => {
  it('takes what comes right after the first for the same: one Ctrl-C comes from the terminal and from npm', () => {
    const signals = new Signals()
    expect(signals.demandOf('SIGINT', 5_000)).toBe('stop')
    expect(signals.demandOf('SIGINT', 5_001)).toBe('nothing')
    expect(signals.demandOf('SIGTERM', 5_999)).toBe('nothing')
  })

  it('stops at once when somebody asks once more', () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const signals = new Signals()
      signals.demandOf('SIGINT', 0)
      signals.demandOf('SIGINT', 10)
      expect(signals.demandOf(signal, 1_000)).toBe('stop-at-once')
    }
  })

  it('never hurries because a terminal is closed, which nobody can do twice', () => {
    const signals = new Signals()
    expect(signals.demandOf('SIGHUP', 0)).toBe('stop')
    expect(signals.demandOf('SIGHUP', 60_000)).toBe('nothing')
  })
})

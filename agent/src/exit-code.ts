import type { Departure } from './session/departure.ts'

export const usageExitCode = 2

export function exitCodeOf(departure: Departure): number {
  switch (departure.kind) {
    case 'stopped':
    case 'drained':
      return 0
    case 'refused':
      return 3
    case 'superseded':
      return 4
    case 'suspended':
      return 5
    case 'unsupported':
      return 6
    default:
      return departure satisfies never
  }
}

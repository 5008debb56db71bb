import { hostname } from 'node:os'
import { limits } from './protocol.ts'

/** The name of this machine as the server takes it: few machines have another that it does not; of those it is told nothing. */
export function hostOf(name: string = hostname()): string | null {
  const printable = /^[\p{L}\p{N}\p{P}\p{S}]+$/u
  return name.length <= limits.nameCharacters && printable.test(name) ? name : null
}

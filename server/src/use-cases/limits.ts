import type { Limits } from '../domain/plan/limits.ts'
import type { Services } from './services.ts'

/** How large an expression may be, as the environment says. */
export const limitsOf = ({ environment }: Services): Limits => ({
  maxSourceLength: environment.MAX_SOURCE_LENGTH,
  maxOperations: environment.MAX_OPERATIONS,
  maxDigits: environment.MAX_DIGITS,
  maxTotalDigits: environment.MAX_TOTAL_DIGITS,
})

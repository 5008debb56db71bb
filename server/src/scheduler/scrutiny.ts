import type { Clock } from '../clock.ts'
import type { Ids } from '../ids.ts'
import type { Claim, Computed } from '../domain/plausibility/claim.ts'
import { faultIn } from '../domain/plausibility/plausibility.ts'
import { drawModuli, type Moduli } from '../domain/plausibility/residues.ts'

/** What looking for common factors of long numbers may take of this process's time, and at once, in milliseconds. */
const share = 0.05
const burstMs = 100

/** Looks at what agents return, by secrets of this process and within a share of its time. */
export class Scrutiny {
  readonly #maxDigits: number
  readonly #clock: Clock
  readonly #moduli: Moduli
  #leftMs = burstMs
  #since: number

  constructor({ ids, clock, maxDigits }: { readonly ids: Ids; readonly clock: Clock; readonly maxDigits: number }) {
    this.#maxDigits = maxDigits
    this.#clock = clock
    this.#moduli = drawModuli(() => secretFraction(ids.secret()))
    this.#since = clock.now()
  }

  /** Why a claim cannot be true; null where nothing speaks against it. */
  faultIn(computed: Computed, claim: Claim): string | null {
    const hasTimeFor = (digits: number) => this.#spend(digits)
    return faultIn(computed, claim, { maxDigits: this.#maxDigits, moduli: this.#moduli, hasTimeFor })
  }

  #spend(digits: number): boolean {
    const now = this.#clock.now()
    this.#leftMs = Math.min(burstMs, this.#leftMs + share * Math.max(0, now - this.#since))
    this.#since = now
    const ms = costMs(digits)
    if (ms > this.#leftMs) return false
    this.#leftMs -= ms
    return true
  }
}

/** As measured: 0.02 ms for 100 digits, 0.4 for 1 000, 14 for 10 000. */
const costMs = (digits: number): number => digits * 2e-4 + digits ** 2 * 1.3e-7

/** In [0, 1), of 48 bits of a secret in base64url. */
function secretFraction(secret: string): number {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return Array.from(secret.slice(0, 8)).reduce((sum, letter) => sum * 64 + letters.indexOf(letter), 0) / 2 ** 48
}

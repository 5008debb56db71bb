import type { Clock } from '../../clock.ts'
import type { Ids } from '../../ids.ts'
import type { Claim, Computed } from '../../domain/plausibility/claim.ts'
import { faultIn } from '../../domain/plausibility/plausibility.ts'
import { drawModuli, type Moduli } from '../../domain/plausibility/residues.ts'
import { Bucket } from '../../realtime/feed/bucket.ts'

/** What looking for common factors of long numbers may take of this process's time, and at once, in milliseconds. */
const share = 0.05
const burstMs = 100

/** Looks at what agents return, by secrets of this process and within a share of its time. */
export class Scrutiny {
  readonly #maxDigits: number
  readonly #moduli: Moduli
  /** In milliseconds. */
  readonly #time: Bucket

  constructor({ ids, clock, maxDigits }: { readonly ids: Ids; readonly clock: Clock; readonly maxDigits: number }) {
    this.#maxDigits = maxDigits
    this.#moduli = drawModuli(() => secretFraction(ids.secret()))
    this.#time = new Bucket(clock, { size: burstMs, perMs: share })
  }

  /** Why a claim cannot be true; null where nothing speaks against it. */
  faultIn(computed: Computed, claim: Claim): string | null {
    const hasTimeFor = (digits: number) => this.#time.afford(costMs(digits))
    return faultIn(computed, claim, { maxDigits: this.#maxDigits, moduli: this.#moduli, hasTimeFor })
  }
}

/** As measured: 0.02 ms for 100 digits, 0.4 for 1 000, 14 for 10 000. */
const costMs = (digits: number): number => digits * 2e-4 + digits ** 2 * 1.3e-7

/** In [0, 1), of 48 bits of a secret in base64url. */
function secretFraction(secret: string): number {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return Array.from(secret.slice(0, 8)).reduce((sum, letter) => sum * 64 + letters.indexOf(letter), 0) / 2 ** 48
}

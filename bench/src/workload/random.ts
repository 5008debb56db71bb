/** A source of chance that a seed fixes, so that every system and every run gets the same work. */
export interface Random {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number
}

/** mulberry32: 32 bits of state, and even enough for drawing trees. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return {
    below(limit) {
      state = (state + 0x6d2b79f5) >>> 0
      let mixed = Math.imul(state ^ (state >>> 15), state | 1)
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
    },
  }
}

/** A rational whose numerator and denominator, which is above 0, doubles hold exactly; in lowest terms. */
export interface Small {
  readonly n: number
  readonly d: number
}

/** The quotient in lowest terms; null where it is not small. `below` is not 0. */
export function small(above: number, below: number): Small | null {
  if (!Number.isSafeInteger(above) || !Number.isSafeInteger(below)) return null
  // Most are whole.
  if (below === 1) return { n: above + 0, d: 1 }
  let [a, b] = [Math.abs(above), Math.abs(below)]
  while (b !== 0) [a, b] = [b, a % b]
  const divisor = below < 0 ? -a : a
  // Adding 0 makes 0 of -0.
  return { n: above / divisor + 0, d: below / divisor }
}

/** @param text a value, `n` or `n/d` */
export function readSmall(text: string): Small | null {
  const [above = '', below = '1'] = text.split('/')
  return small(Number(above), Number(below))
}

export function addSmall(a: Small, b: Small): Small | null {
  const [one, other] = [a.n * b.d, b.n * a.d]
  // Of two that were rounded the sum may be small again, and wrong.
  return Number.isSafeInteger(one) && Number.isSafeInteger(other) ? small(one + other, a.d * b.d) : null
}

export const multiplySmall = (a: Small, b: Small): Small | null => small(a.n * b.n, a.d * b.d)
export const negateSmall = ({ n, d }: Small): Small => ({ n: 0 - n, d })
/** Of what is not 0. */
export const invertSmall = ({ n, d }: Small): Small => (n < 0 ? { n: -d, d: -n } : { n: d, d: n })

/** To a whole exponent; of 0 to one that is not negative. Null where the power is not small. */
export function raiseSmall(base: Small, exponent: number): Small | null {
  if (base.d === 1 && Math.abs(base.n) <= 1) return exponent === 0 || (base.n < 0 && exponent % 2 === 0) ? one : base
  const factor = exponent < 0 ? invertSmall(base) : base
  let power: Small | null = one
  // Doubles hold no power of 2 beyond the 53rd.
  for (let times = Math.abs(exponent); times > 0 && power !== null; times -= 1) power = multiplySmall(power, factor)
  return power
}

const one: Small = { n: 1, d: 1 }

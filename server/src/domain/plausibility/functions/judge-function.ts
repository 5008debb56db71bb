import type { OperationName } from '../../operation.ts'
import type { Computed, Judgement, Means } from '../claim.ts'
import { absolute, isSame, signOf } from '../magnitude.ts'
import { partsOf, type Parts } from '../parts.ts'
import { judgeBinomial, judgeFactorial } from './counting.ts'
import { isCongruent, judgeExtreme } from './extremes.ts'
import { judgeCommonDivisor, judgeCommonMultiple } from './multiples.ts'
import { judgeMod } from './mod.ts'
import { judgeRounding } from './rounding.ts'

type Judge = (operands: readonly Parts[], value: Parts, means: Means) => Judgement

const ofOne =
  (judge: (operand: Parts, value: Parts, means: Means) => Judgement): Judge =>
  ([operand], value, means) =>
    operand ? judge(operand, value, means) : 'wrong'

const rightIf = (isRight: boolean): Judgement => (isRight ? 'right' : 'wrong')
const zero = partsOf('0')

const judges: ReadonlyMap<OperationName, Judge> = new Map<OperationName, Judge>([
  ['abs', ofOne((operand, value, means) => judgeSame(absolute(operand), value, means))],
  ['sign', ofOne((operand, value) => rightIf(isSame(value, partsOf(`${signOf(operand)}`))))],
  ['floor', ofOne(judgeRounding('floor'))],
  ['ceil', ofOne(judgeRounding('ceil'))],
  ['round', ofOne(judgeRounding('round'))],
  ['mod', ([a = zero, b = zero], value, means) => judgeMod(a, b, value, means)],
  ['gcd', judgeCommonDivisor],
  ['lcm', judgeCommonMultiple],
  ['min', judgeExtreme(-1)],
  ['max', judgeExtreme(1)],
  ['factorial', ([n = zero], value, means) => rightIf(judgeFactorial(n, value, means))],
  ['binomial', ([n = zero, k = zero], value, means) => rightIf(judgeBinomial(n, k, value, means))],
])

/** Of an operation that an agent brought along nobody else knows what comes of it: it is taken as it is told. */
export function judgeFunction({ operation, operands }: Computed, value: Parts, means: Means): Judgement {
  const judge = judges.get(operation)
  return judge === undefined ? 'right' : judge(operands.map(partsOf), value, means)
}

function judgeSame(expected: Parts, value: Parts, { moduli }: Means): Judgement {
  if (isSame(expected, value)) return 'right'
  return isCongruent(expected, value, moduli) ? 'congruent' : 'wrong'
}

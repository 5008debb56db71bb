import { defaultDigits, toDecimal, toRepeating } from '../domain/number.ts'
import { builder } from './builder.ts'

/** More would let one answer with thousands of numbers take seconds to make; `fraction` has every digit. */
const mostDigits = 1_000

export const RationalType = builder.objectRef<string>('Rational').implement({
  description: 'An exact rational number.',
  fields: (t) => ({
    decimal: t.string({
      description: `Rounded half-even to so many significant digits, ${defaultDigits} unless told, at most ${mostDigits}.`,
      args: { digits: t.arg.int({ defaultValue: defaultDigits }) },
      resolve: (value, { digits }) => toDecimal(value, Math.min(Math.max(digits, 1), mostDigits)).text,
    }),
    fraction: t.string({ description: '`n` or `n/d` in lowest terms.', resolve: (value) => value }),
    repeating: t.string({
      nullable: true,
      description: 'As a decimal with its period in parentheses, `0.1(6)`; null where the period has over 1000 digits.',
      resolve: (value) => toRepeating(value),
    }),
    isDecimalExact: t.boolean({
      description: 'Whether `decimal` with the default digits is the number itself and not its rounding.',
      resolve: (value) => toDecimal(value).exact,
    }),
  }),
})

import { defaultDigits, toDecimal } from '../domain/number/decimal.ts'
import { toRepeating } from '../domain/number/repeating.ts'
import { builder } from './builder.ts'

/** More would let one answer with thousands of numbers take seconds to make; `fraction` has every digit. */
const mostDigits = 1_000

/** So many digits take a microsecond more. */
const digitsPerCost = 50

/** Finding a period takes longer than dividing. */
const repeatingFactor = 8

const clampDigits = (digits = defaultDigits) => Math.min(Math.max(digits, 1), mostDigits)

export const RationalType = builder.objectRef<string>('Rational').implement({
  description: 'An exact rational number.',
  fields: (t) => ({
    decimal: t.string({
      description: `Rounded half-even to so many significant digits, ${defaultDigits} unless told, at most ${mostDigits}.`,
      args: { digits: t.arg.int({ defaultValue: defaultDigits }) },
      complexity: ({ digits }) => 1 + Math.floor(clampDigits(digits) / digitsPerCost),
      resolve: (value, { digits: asked }, { account }) => {
        const digits = clampDigits(asked)
        return account.format(value.length + digits, () => toDecimal(value, digits).text)
      },
    }),
    fraction: t.string({
      description: '`n` or `n/d` in lowest terms.',
      resolve: (value, _args, { account }) => account.text(value),
    }),
    repeating: t.string({
      nullable: true,
      description: 'As a decimal with its period in parentheses, `0.1(6)`; null where the period has over 1000 digits.',
      complexity: 5,
      resolve: (value, _args, { account }) => account.format(value.length * repeatingFactor, () => toRepeating(value)),
    }),
    isDecimalExact: t.boolean({
      description: 'Whether `decimal` with the default digits is the number itself and not its rounding.',
      resolve: (value) => toDecimal(value).exact,
    }),
  }),
})

import { defaultDigits, toDecimal } from '../domain/number/decimal.ts'
import { repeatingAbsences, toRepeating } from '../domain/number/repeating.ts'
import { builder } from './builder.ts'
import { codedError } from './coded-error.ts'

/** More would let one answer with thousands of numbers take seconds to make; `fraction` has every digit. */
const mostDigits = 1_000

/** So many digits take a microsecond more. */
const digitsPerCost = 50

/** Finding a period takes as long for a short number as for a longer one: up to so many microseconds. */
const costOfPeriod = 100

/** Of so many digits as are asked for, which may be more than there are to be had. */
const costOfDigits = (digits = defaultDigits) =>
  1 + Math.floor(Math.min(Math.max(digits, 1), mostDigits) / digitsPerCost)

function checkedDigits(digits: number): number {
  if (digits >= 1 && digits <= mostDigits) return digits
  const message = `Ask for 1 to ${mostDigits} digits, not ${digits}; \`fraction\` has all of them.`
  throw codedError('INVALID_INPUT', message)
}

const RepeatingAbsenceType = builder.enumType('RepeatingAbsence', {
  description: 'Why a number is not written with its period.',
  values: {
    PERIOD_TOO_LONG: { description: 'The period has over 1000 digits.' },
    TEXT_TOO_LONG: { description: 'The decimal has over 35 000 characters.' },
  } satisfies Record<(typeof repeatingAbsences)[number], object>,
})

export const RationalType = builder.objectRef<string>('Rational').implement({
  description: 'An exact rational number.',
  fields: (t) => ({
    decimal: t.string({
      description: `Rounded half-even to so many significant digits, ${defaultDigits} unless told; 1 to ${mostDigits}, else it is an error.`,
      args: { digits: t.arg.int({ defaultValue: defaultDigits }) },
      complexity: ({ digits }) => costOfDigits(digits),
      resolve: (value, { digits: asked }, { account }) => {
        const digits = checkedDigits(asked)
        return account.format(value.length + digits, () => toDecimal(value, digits).text)
      },
    }),
    fraction: t.string({
      description: '`n` or `n/d` in lowest terms.',
      resolve: (value, _args, { account }) => account.text(value),
    }),
    repeating: t.string({
      nullable: true,
      description:
        'The number itself as a decimal, its period in parentheses, `0.1(6)`; without parentheses where the decimals end, however long. Null where `repeatingAbsence` tells why.',
      complexity: costOfPeriod,
      resolve: (value, _args, { account }) =>
        account.format(Infinity, () => {
          const repeating = toRepeating(value)
          return repeating.kind === 'written' ? repeating.text : null
        }),
    }),
    repeatingAbsence: t.field({
      type: RepeatingAbsenceType,
      nullable: true,
      description: 'Why `repeating` is null; null where it is not.',
      complexity: costOfPeriod,
      resolve: (value, _args, { account }) =>
        account.run(() => {
          const repeating = toRepeating(value)
          return repeating.kind === 'absent' ? repeating.reason : null
        }),
    }),
    isDecimalExact: t.boolean({
      description: 'Whether `decimal` with the default digits is the number itself and not its rounding.',
      resolve: (value) => toDecimal(value).exact,
    }),
  }),
})

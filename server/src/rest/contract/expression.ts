import { z } from 'zod'
import { ExpressionStatus } from '../../generated/prisma/enums.ts'

const time = () => z.iso.datetime().describe('In UTC, ISO 8601.')

export const expressionStatus = z.enum(ExpressionStatus).meta({ id: 'ExpressionStatus' })

export const rational = z
  .object({
    decimal: z.string().describe('Rounded half-even, to 34 significant digits unless told.'),
    fraction: z.string().describe('The number itself: `n` or `n/d` in lowest terms.'),
    isDecimalExact: z.boolean().describe('Whether `decimal` is the number itself and not its rounding.'),
  })
  .meta({ id: 'Rational', description: 'An exact rational number.' })

const failure = z
  .object({
    code: z
      .string()
      .describe('DIVISION_BY_ZERO, FRACTIONAL_EXPONENT, OUTSIDE_DOMAIN, RESULT_TOO_LARGE or ATTEMPTS_SPENT.'),
    message: z.string(),
    position: z.int().optional().describe('Of the operator in the source, from 0. In lists it is left out.'),
    length: z.int().optional(),
  })
  .meta({ id: 'ExpressionFailure', description: 'Why an expression failed.' })

export const expression = z
  .object({
    id: z.uuid().describe('The id that GraphQL shows is understood in its place.'),
    requestId: z.string().describe('What came as `Idempotency-Key`.'),
    source: z.string(),
    status: expressionStatus,
    result: rational.nullable().describe('Null until it has SUCCEEDED.'),
    error: failure.nullable().describe('Null unless it has FAILED.'),
    progress: z.object({
      completed: z.int().describe('Results in the log.'),
      total: z.int().describe('Operations to compute.'),
    }),
    createdAt: time(),
    startedAt: time().nullable(),
    finishedAt: time().nullable(),
    version: z.number().describe('Rises with every change: of two answers the one with the higher version is newer.'),
  })
  .meta({ id: 'Expression' })

export type ShownExpression = z.output<typeof expression>

export const expressionPage = z
  .object({ expressions: z.array(expression) })
  .meta({ id: 'ExpressionPage', description: 'Newest first. `Link` tells where the next page is.' })

const source = z.string().describe('Such as `(1+2)*(3-4)/5`.')
const regroup = z
  .boolean()
  .optional()
  .describe(
    'Whether sums and products may be regrouped to shorten the critical path, as they are unless told. No result ever changes by it.',
  )

/** `expression` is what calculators before this one call the source; one that is given must not get lost. */
export const submission = z
  .union([
    z.strictObject({ source, regroup }),
    z.strictObject({ expression: source.describe('Another name of `source`.'), regroup }),
  ])
  .transform((given) => ({
    source: 'source' in given ? given.source : given.expression,
    regroup: given.regroup ?? true,
  }))
  .meta({ id: 'Submission' })

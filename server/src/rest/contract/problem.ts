import { z } from 'zod'
import { tokenScopes } from '../../domain/actor.ts'
import { expressionStatus } from './expression.ts'

const ofExpressions = 'Of an expression that cannot be read or is too large.'

export const problem = z
  .object({
    type: z.literal('about:blank'),
    title: z.string().describe('The name of the status.'),
    status: z.int(),
    code: z.string().describe('Stable, for programs.'),
    detail: z.string().describe('Tells a person what to do.'),
    position: z.int().optional().describe(`${ofExpressions} Where in the source, from 0.`),
    length: z.int().optional().describe(`${ofExpressions} 0 at the end of the source.`),
    line: z.int().optional().describe('From 1.'),
    column: z.int().optional().describe('From 1.'),
    excerpt: z
      .tuple([z.string(), z.string()])
      .optional()
      .describe('What stands around the position, and carets to be shown below it.'),
    expected: z.array(z.string()).optional().describe('What could have stood there.'),
    suggestion: z.string().nullable().optional().describe('The whole source, corrected, where that is evident.'),
    limit: z.int().optional(),
    actual: z.int().optional(),
    fields: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('What is wrong with each part of the input.'),
    missingScope: z.enum(tokenScopes).optional().describe('What the personal token lacks.'),
    retryAfterSeconds: z.int().optional().describe('As in `Retry-After`.'),
    expressionId: z.uuid().optional().describe('Of the expression that stands in the way.'),
    expressionStatus: expressionStatus.optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457.' })

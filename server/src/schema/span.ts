import type { Place, VariableValue } from '../domain/plan/plan.ts'
import { builder } from './builder.ts'

const RangeVariableType = builder.objectRef<VariableValue>('RangeVariable').implement({
  description: 'What the variable of a range, `k` in `sum(k = 1..9, 1/k)`, was when the range was written out.',
  fields: (t) => ({
    name: t.exposeString('name'),
    value: t.exposeString('value', { description: 'A whole number.' }),
  }),
})

const noVariables: readonly VariableValue[] = []

export const SpanType = builder.objectRef<Place>('Span').implement({
  description: 'A stretch of the source: zero-based, in UTF-16 code units.',
  fields: (t) => ({
    position: t.exposeInt('position'),
    length: t.exposeInt('length'),
    variables: t.field({
      type: [RangeVariableType],
      description:
        'In the body of a range one text stands for many tasks: the variables that tell which this is, from the outermost range to the ' +
        'innermost. A task that several values share has those that all of them share.',
      resolve: ({ variables }) => variables ?? noVariables,
    }),
  }),
})

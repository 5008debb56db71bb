import type { Span } from '../domain/span.ts'
import { builder } from './builder.ts'

export const SpanType = builder.objectRef<Span>('Span').implement({
  description: 'A stretch of the source: zero-based, in UTF-16 code units.',
  fields: (t) => ({ position: t.exposeInt('position'), length: t.exposeInt('length') }),
})

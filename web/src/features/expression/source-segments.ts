/** An operator in the source, and the task that computes it. */
export interface SourceOperator {
  readonly index: number
  readonly span: { readonly position: number; readonly length: number }
}

export type SourceSegment<Operator extends SourceOperator> =
  | { readonly kind: 'text'; readonly position: number; readonly text: string }
  | { readonly kind: 'operator'; readonly position: number; readonly text: string; readonly operator: Operator }

/** Cuts a source into its operators and what stands between them, in order. Together the texts are the source. */
export function cutSource<Operator extends SourceOperator>(
  source: string,
  operators: readonly Operator[],
): SourceSegment<Operator>[] {
  const segments: SourceSegment<Operator>[] = []
  let position = 0
  for (const operator of operators.toSorted((a, b) => a.span.position - b.span.position)) {
    const start = operator.span.position
    if (start < position) continue
    if (start > position) segments.push({ kind: 'text', position, text: source.slice(position, start) })
    position = start + operator.span.length
    segments.push({ kind: 'operator', position: start, text: source.slice(start, position), operator })
  }
  if (position < source.length) segments.push({ kind: 'text', position, text: source.slice(position) })
  return segments
}

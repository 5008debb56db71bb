/** A stretch of the source: zero-based, in UTF-16 code units. */
export interface Span {
  readonly position: number
  readonly length: number
}

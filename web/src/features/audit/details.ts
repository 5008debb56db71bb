/** What stands in the detail of an event: the server writes it for people and for grep, in one line. */
export interface DurationChange {
  readonly name: string
  readonly beforeMs: number
  readonly afterMs: number
}

/** As in `+ 1000 -> 5 ms, gcd 1000 -> 7 ms`; what is cut off at the end is left out. */
export const durationChanges = (detail: string): DurationChange[] =>
  [...detail.matchAll(/(?:^|, )(\S+) (\d+) -> (\d+) ms(?=,|$)/g)].map(([, name = '', before, after]) => ({
    name,
    beforeMs: Number(before),
    afterMs: Number(after),
  }))

/** The number that a detail begins with, as in `3 sessions` and `2: id id`. */
export const countIn = (detail: string): number => Number.parseInt(detail, 10) || 0

/** As in `INVITATION_REFUSED ada@example.com`. */
export function refusalIn(detail: string): { readonly reason: string; readonly email: string } {
  const [reason = '', ...rest] = detail.split(' ')
  return { reason, email: rest.join(' ') }
}

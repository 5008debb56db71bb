/** When the browser asked and was answered, by its own clock, and what the answer says of the time: its header `Date`, to the second. */
export interface TimeTold {
  readonly sentAt: number
  readonly receivedAt: number
  readonly date: string | null
}

/**
 * How far the server's clock is ahead of the browser's, in milliseconds, after one more answer: the same for as long as it may be right, so
 * that nothing on the page jumps.
 */
export function correctedOffset(offset: number, { sentAt, receivedAt, date }: TimeTold): number {
  const told = Date.parse(date ?? '')
  const [least, most] = [told - receivedAt, told + 1_000 - sentAt]
  return offset < least || offset > most ? (least + most) / 2 : offset
}

let offset = 0

export const noteServerTime = (told: TimeTold): void => void (offset = correctedOffset(offset, told))

/** The browser's own clock, against which answers are held. */
export const browserNow = (): number => Date.now()

/** The server's time, as far as its answers tell, in milliseconds since 1970: all that is shown happened by its clock. */
export const now = (): number => browserNow() + offset

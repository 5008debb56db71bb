/** What moves the cursor, rings, sets titles or turns the direction of what follows: control characters and marks of direction. */
const unprintable = /[\p{Control}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/** A text of others as one line that does nothing to a terminal. */
export const printable = (text: string): string => text.replace(/[\t\n\r]+/g, ' ').replace(unprintable, '\uFFFD')

/** As `printable`, for a terminal that takes nothing beyond ASCII. */
export const inAscii = (text: string): string => text.replace(/[^\x20-\x7e]/gu, '?')

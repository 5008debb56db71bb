import { z } from 'zod'
import { text } from './parse-input.ts'

/** RFC 5321 allows a path of 256 with its brackets. */
const maxEmailLength = 254

/** Before it is normalised, which makes at most five code units one, and takes up to the square of their number. */
const maxRawLength = 1_024

/**
 * An email is one account however it is written: trimmed, lower case. A password is normalised, because one keyboard sends
 * `é` as one character and another as two.
 */
export const credentialsSchema = z.object({
  email: text({ max: maxRawLength })
    .trim()
    .toLowerCase()
    .max(maxEmailLength, `must have at most ${maxEmailLength} characters`)
    .pipe(z.email('must be an email address, such as ada@example.com')),
  password: text({ max: maxRawLength })
    .normalize('NFKC')
    .min(8, 'must have at least 8 characters')
    .max(128, 'must have at most 128 characters'),
})

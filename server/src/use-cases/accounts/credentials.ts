import { z } from 'zod'
import { ownPasswordProblem, passwordProblem } from './password-rules.ts'

/** RFC 5321 allows a path of 256 with its brackets. */
const maxEmailLength = 254

/**
 * In UTF-16 units, before a text is normalised: that costs a time quadratic in the combining marks of a text, and may make 18 characters of one.
 * A password of 128 characters, written with marks of their own, is shorter.
 */
const maxRawLength = 1_024

/** One keyboard sends `é` as one character and another as two. */
export const normalizePassword = (password: string): string => password.normalize('NFKC')

/** An email is one account however it is written: trimmed, lower case. */
const email = z
  .string()
  .max(maxRawLength, `must have at most ${maxEmailLength} characters`)
  .pipe(
    z
      .string()
      .trim()
      .toLowerCase()
      .max(maxEmailLength, `must have at most ${maxEmailLength} characters`)
      .pipe(z.email('must be an email address, such as ada@example.com')),
  )

const rawPassword = z.string().max(maxRawLength, 'must have at most 128 characters')

/** What is signed in with. Passwords that were chosen under other rules go on. */
export const loginSchema = z.object({ email, password: rawPassword.transform(normalizePassword) })

/** A password as it is given by somebody who has chosen it before. */
export const currentPasswordSchema = rawPassword.transform(normalizePassword)

const chosenPassword = rawPassword.transform((password, context) => {
  const problem = passwordProblem(password)
  if (problem !== undefined) context.addIssue(problem)
  return password
})

/** What is registered with. */
export const credentialsSchema = z.object({ email, password: chosenPassword }).transform((given, context) => {
  const problem = ownPasswordProblem(given.password, given.email)
  if (problem !== undefined) context.addIssue({ code: 'custom', path: ['password'], message: problem })
  return { ...given, password: normalizePassword(given.password) }
})

/** A password that the user of this email chooses in place of another. */
export const newPasswordSchema = (email: string) =>
  chosenPassword.transform((password, context) => {
    const problem = ownPasswordProblem(password, email)
    if (problem !== undefined) context.addIssue(problem)
    return normalizePassword(password)
  })

import { dictionary } from '@zxcvbn-ts/language-common'

/** As NIST SP 800-63B asks: length, and nothing that is tried first. No rules of composition, and no expiry. */
const minLength = 8
const maxLength = 128

/** What must be left of a password once the words that anybody would try for this account are taken away. */
const minRest = 5

const productName = 'reckon'

const common: ReadonlySet<string> = new Set(dictionary.passwords.filter(({ length }) => length >= minLength))

/** Control and format characters, blanks that are no spaces: nobody sees how many there are. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu

/**
 * Why a password is not good enough to be chosen, as a part of a sentence that begins with "password"; undefined where it is. The caller has
 * bounded its length.
 *
 * The length is counted in code points as they are stored, and as they were typed, where one may stand for many (U+FDFA for 18).
 */
export function passwordProblem(typed: string): string | undefined {
  if (!typed.isWellFormed() || typed.includes('\0')) return 'must not contain U+0000 or half characters'
  const password = typed.normalize('NFKC')
  if ([...password].length > maxLength) return `must have at most ${maxLength} characters`
  if (Math.min(visibleLength(password), visibleLength(typed)) < minLength)
    return `must have at least ${minLength} characters that can be seen`
  const folded = fold(password)
  if (new Set(folded).size === 1) return 'must not be one character again and again'
  if (common.has(folded)) return 'is one of those that are tried first: choose another, such as a few words of your own'
  return undefined
}

/** As `passwordProblem`, of a password that is good enough for somebody else. */
export function ownPasswordProblem(typed: string, email: string): string | undefined {
  const [local = ''] = email.split('@')
  // Of a name of one or two letters little would be left of any password.
  const words = [email, local, productName].filter(({ length }) => length > 2)
  const rest = words.reduce((text, word) => text.replaceAll(word, ''), fold(typed.normalize('NFKC')))
  if (rest.length >= minRest) return undefined
  return 'must be more than your email or the name of this product: choose another, such as a few words of your own'
}

const fold = (password: string): string => password.trim().toLowerCase()

const visibleLength = (text: string): number => [...text.replace(invisible, '').trim()].length

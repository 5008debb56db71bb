import { text } from '../parse-input.ts'
import { checkAddresses, literalAddress, RefusedAddressError, type Guard } from '../../webhooks/guarded-lookup.ts'

const maxUrlLength = 2_000

/**
 * Where a webhook may lead, as far as it is known before it is used: an address in the URL is looked at now, a name each time that something is
 * sent to it.
 */
export const webhookUrl = (allowed: Guard['allowed'], allowsPlain: boolean) =>
  text({ max: maxUrlLength })
    .trim()
    .superRefine((given, context) => {
      const problem = problemWith(given, allowed, allowsPlain)
      if (problem !== null) context.addIssue({ code: 'custom', message: problem })
    })

function problemWith(given: string, allowed: Guard['allowed'], allowsPlain: boolean): string | null {
  if (!URL.canParse(given)) return 'must be a URL, such as https://example.com/reckon'
  const url = new URL(given)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with https://'
  if (url.protocol === 'http:' && !allowsPlain) return 'must begin with https://'
  if (url.username !== '' || url.password !== '') return 'must not have a name or a password in it'
  const literal = literalAddress(url)
  if (literal === null) return null
  try {
    checkAddresses([literal], { allowed, isEncrypted: url.protocol === 'https:' })
    return null
  } catch (error) {
    if (error instanceof RefusedAddressError) return error.message
    throw error
  }
}

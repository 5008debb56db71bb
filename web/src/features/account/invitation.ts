/** What stands after the `#` of an invitation's link: so that it is not sent to the server with the address, and stays out of its logs. */
export function invitationOf(hash: string): string | null {
  const token = hash.slice(1)
  return /^rki_[\w-]+$/.test(token) ? token : null
}

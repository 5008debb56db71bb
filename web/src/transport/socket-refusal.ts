import { t } from '../language/t.ts'
import { endpoint } from './protocol.ts'

/** Where the server tells why it would refuse the page's socket: browsers say no more of one than that it did not open. */
const address = `${endpoint}/socket`

const unopened = (): string =>
  t(
    'The server answers, but no WebSocket to it opens. A proxy in between may not pass WebSockets on, or no more of them.',
  )

/** Why no socket opens, in a sentence; null where nobody answers, of which there is no more to say. */
export async function explainRefusal(): Promise<string | null> {
  try {
    const answer = await fetch(address, { method: 'POST' })
    if (answer.ok) return unopened()
    const text = await answer.text()
    const isSentence = answer.headers.get('content-type')?.startsWith('text/plain') && text.trim() !== ''
    return isSentence ? t('The server refuses the page’s socket: {reason}', { reason: text.trim() }) : null
  } catch {
    return null
  }
}

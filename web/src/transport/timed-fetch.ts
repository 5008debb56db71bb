import { browserNow, noteServerTime } from '../clock.ts'

/** As the browser's, and notes what time it is at the server. */
export const timedFetch: typeof fetch = async (input, init) => {
  const sentAt = browserNow()
  const response = await fetch(input, init)
  noteServerTime({ sentAt, receivedAt: browserNow(), date: response.headers.get('date') })
  return response
}

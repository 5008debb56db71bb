const message = 'The connection was closed before anything was answered.'

/**
 * A signal that aborts when the process has nothing left to wait for, which is the end of a request too: `fetch` of Node 20 neither answers nor fails
 * where a connection is closed before it has sent anything, as Docker does for a container that does not listen yet. `stop` is to be called
 * after it.
 */
export function whenNothingIsLeft(): { readonly signal: AbortSignal; readonly stop: () => void } {
  const closing = new AbortController()
  const abort = () => closing.abort(Object.assign(new Error(message), { code: 'ECONNRESET' }))
  process.once('beforeExit', abort)
  return { signal: closing.signal, stop: () => void process.off('beforeExit', abort) }
}

import type { IncomingMessage } from 'node:http'

/**
 * Takes BASE_PATH off the address of each request, before anything looks at it: no route behind knows of it. One that comes without it is let be, as
 * from a proxy that has taken it off already, or from whoever asks `/health` past the proxy.
 */
export function withoutBasePath(basePath: string): (request: IncomingMessage) => void {
  if (basePath === '') return () => {}
  return (request) => {
    const { url = '/' } = request
    if (!url.startsWith(basePath)) return
    const rest = url.slice(basePath.length)
    if (rest === '' || rest.startsWith('?')) request.url = `/${rest}`
    else if (rest.startsWith('/')) request.url = rest
  }
}

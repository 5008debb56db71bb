import { existsSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import sirv from 'sirv'
import { createIndexPage, type PagePlace } from './index-page.ts'
import { isRead, pathOf, wantsHtml } from './paths.ts'
import { replyMethodNotAllowed, replyText } from './replies.ts'

/** Vite puts a hash of their content into the names of what is below. */
const hashedAssets = '/assets/'

/** Serves the built page: its files, compressed where the build left them so, and its index for every other address that a person opens. */
export function createStaticHandler(webRoot: string, place: PagePlace) {
  let serve: ReturnType<typeof sirv> | undefined
  let index: ReturnType<typeof createIndexPage> | undefined

  return (request: IncomingMessage, response: ServerResponse) => {
    if (!isRead(request.method)) return replyMethodNotAllowed(response)
    // sirv reads the folder once, so it must not be asked before the build is there.
    if (serve === undefined && !existsSync(join(webRoot, 'index.html')))
      return replyText(response, 503, 'The page is not built: run "npm run build" and reload.')
    serve ??= sirv(webRoot, { etag: true, gzip: true, brotli: true })
    setCaching(response, pathOf(request))
    if (isIndex(request)) {
      index ??= createIndexPage(webRoot, place)
      return (isHome(request) ? index.home : index.elsewhere)(request, response)
    }
    // A build that runs meanwhile takes files away that sirv has seen, and a stream whose error nobody hears ends the process.
    response.once('pipe', (file) =>
      file.once('error', () => {
        serve = undefined
        response.destroy()
      }),
    )
    serve(request, response, () => replyText(response, 404, 'There is no such file.'))
  }
}

/** Whatever asks for the page's index by its name, and every address that a person opens. */
const isIndex = (request: IncomingMessage) => isHome(request) || (wantsHtml(request) && extname(pathOf(request)) === '')

const isHome = (request: IncomingMessage) => ['/', '/index.html'].includes(pathOf(request))

/** Before sirv answers, which asks nobody when it answers 304. */
function setCaching(response: ServerResponse, path: string) {
  response.setHeader('Vary', 'Accept-Encoding')
  response.setHeader(
    'Cache-Control',
    path.startsWith(hashedAssets) ? 'public, max-age=31536000, immutable' : 'no-cache',
  )
}

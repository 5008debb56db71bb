import { fileURLToPath } from 'node:url'
import { normalizePath, type Plugin } from 'vite'

const module = normalizePath(fileURLToPath(new URL('../src/session.ts', import.meta.url)))

/**
 * Has the browser run `src/session.ts` as soon as it is there, while the rest of the page is still on its way. By itself a module of an
 * entry waits for all others of it.
 */
export function earlyScript(): Plugin {
  return {
    name: 'early-script',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: module })
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }) {
        const script = Object.values(bundle).find((chunk) => chunk.type === 'chunk' && chunk.moduleIds.includes(module))
        if (script === undefined) return
        const attrs = { type: 'module', async: true, crossorigin: true, src: `./${script.fileName}` }
        return [{ tag: 'script', attrs, injectTo: 'head-prepend' }]
      },
    },
  }
}

/** One Ctrl-C may come from the terminal, and again from npx, which passes on what it gets. */
const sameSignalMs = 500

/**
 * Calls back at the first Ctrl-C. A later one that somebody has sent on purpose ends the process, as does the first where nobody listens. Returns
 * what ends listening.
 */
export function onInterrupt(callback: () => void): () => void {
  let firstMs: number | undefined
  const listen = () => {
    if (firstMs === undefined) {
      firstMs = performance.now()
      return callback()
    }
    if (performance.now() - firstMs > sameSignalMs) process.exit(130)
  }
  process.on('SIGINT', listen)
  return () => void process.off('SIGINT', listen)
}

/** What a page has not grown to by then it does not grow to. */
const patienceMs = 3_000
const ownMoves = ['wheel', 'touchstart', 'keydown', 'pointerdown'] as const

/** Scrolls to where one was, as soon as the page is that long: what it shows may come later. Whoever moves meanwhile stays. Returns its end. */
export function scrollWhenThere(top: number): () => void {
  const root = document.documentElement
  // Of newer browsers it returns a promise.
  const scroll = () => void window.scrollTo({ top, behavior: 'instant' })
  scroll()
  if (root.scrollHeight - root.clientHeight >= top) return () => {}
  const observer = new ResizeObserver(() => {
    if (root.scrollHeight - root.clientHeight < top) return
    scroll()
    stop()
  })
  const timer = setTimeout(stop, patienceMs)
  function stop() {
    observer.disconnect()
    clearTimeout(timer)
    for (const move of ownMoves) removeEventListener(move, stop)
  }
  observer.observe(document.body)
  for (const move of ownMoves) addEventListener(move, stop, { passive: true })
  return stop
}

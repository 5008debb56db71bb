/** A page that has not come by then does not get it: somebody has gone on. */
const patienceMs = 3_000

/** Moves the keyboard's focus to an element, which may come with the page that one has just gone to. */
export function focusWhenThere(selector: string): void {
  const focus = () => {
    const element = document.querySelector<HTMLElement>(selector)
    element?.focus()
    return element !== null
  }
  if (focus()) return
  const observer = new MutationObserver(() => focus() && observer.disconnect())
  observer.observe(document.body, { childList: true, subtree: true })
  setTimeout(() => observer.disconnect(), patienceMs)
}

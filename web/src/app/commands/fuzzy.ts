/**
 * How well a text fits what somebody typed of it: null where its letters do not stand there in this order. What begins a word counts most, then
 * what stands together, then what stands at the front.
 */
export function fitOf(typed: string, text: string): number | null {
  const [wanted, found] = [typed.toLowerCase().replaceAll(' ', ''), text.toLowerCase()]
  let [fit, from] = [0, 0]
  for (const letter of wanted) {
    const at = found.indexOf(letter, from)
    if (at < 0) return null
    const isBeginning = at === 0 || /[^\p{L}\d]/u.test(found[at - 1] ?? ' ')
    fit += isBeginning ? 3 : at === from ? 2 : 0
    fit -= Math.min(at - from, 10) / 10
    from = at + 1
  }
  return fit
}

/** Those that fit, the best first; all in their order where nothing is typed. */
export function fitting<Item>(typed: string, items: readonly Item[], textOf: (item: Item) => string): readonly Item[] {
  if (typed.trim() === '') return items
  return items
    .flatMap((item) => {
      const fit = fitOf(typed, textOf(item))
      return fit === null ? [] : [{ item, fit }]
    })
    .sort((a, b) => b.fit - a.fit)
    .map(({ item }) => item)
}

const mostNearest = 3
/** Longer names are not compared: it would take a product of both lengths. */
const longestCompared = 24

/** Of these names the ones that were most likely meant by `name`: only in another case, else a slip away, in longer names two. */
export function nearestNames(name: string, known: Iterable<string>): string[] {
  if (name.length > longestCompared) return []
  const most = name.length < 5 ? 1 : 2
  const found: { readonly other: string; readonly distance: number }[] = []
  for (const other of known) {
    if (Math.abs(other.length - name.length) > most) continue
    const distance = distanceBetween(name.toLowerCase(), other.toLowerCase())
    if (distance <= most && distance < name.length) found.push({ other, distance })
  }
  const least = Math.min(...found.map(({ distance }) => distance))
  return found
    .filter(({ distance }) => distance === least)
    .slice(0, mostNearest)
    .map(({ other }) => other)
}

/** How many characters must be left out, added or replaced to make one of the other (Levenshtein). */
function distanceBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}

export function inChunks<Item>(items: readonly Item[], size: number): Item[][] {
  const chunks: Item[][] = []
  for (let first = 0; first < items.length; first += size) chunks.push(items.slice(first, first + size))
  return chunks
}

/** Whether the system has its own colours, which a canvas takes by their names: `CanvasText`. */
export const areColorsForced = (): boolean => matchMedia('(forced-colors: active)').matches

/** The colours of the page as they are now, by the variables that hold them. An element stands in for each, as some tell light from dark. */
export function readColors<Name extends string>(
  host: HTMLElement,
  variables: Readonly<Record<Name, string>>,
): Record<Name, string> {
  const probe = document.createElement('span')
  host.append(probe)
  const colors: Partial<Record<Name, string>> = {}
  for (const name of Object.keys(variables) as Name[]) {
    probe.style.color = `var(${variables[name]})`
    colors[name] = getComputedStyle(probe).color
  }
  probe.remove()
  return colors as Record<Name, string>
}

/** Calls back when the colours of the page change. Returns the way to end that. */
export function watchColors(onChange: () => void): () => void {
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => matchMedia(query))
  for (const query of queries) query.addEventListener('change', onChange)
  return () => queries.forEach((query) => query.removeEventListener('change', onChange))
}

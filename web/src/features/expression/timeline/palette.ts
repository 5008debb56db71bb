import type { Palette } from './painter.ts'

const variables: Readonly<Record<keyof Palette, string>> = {
  text: '--text',
  muted: '--text-muted',
  line: '--line',
  surface: '--surface',
  done: '--succeeded-solid',
  running: '--running-solid',
  failed: '--failed-solid',
  lost: '--failed-solid',
  waiting: '--ready-solid',
  critical: '--text',
  selected: '--accent',
  sign: '--on-solid',
}

/** Where the system has its own colours, a canvas takes them by their names. */
const forced: Palette = {
  text: 'CanvasText',
  muted: 'CanvasText',
  line: 'GrayText',
  surface: 'Canvas',
  done: 'GrayText',
  running: 'LinkText',
  failed: 'CanvasText',
  lost: 'CanvasText',
  waiting: 'GrayText',
  critical: 'CanvasText',
  selected: 'Highlight',
  sign: 'Canvas',
}

/** The colours of the page as they are now. An element stands in for each variable, as that may tell light from dark. */
export function readPalette(host: HTMLElement): Palette {
  if (matchMedia('(forced-colors: active)').matches) return forced
  const probe = document.createElement('span')
  host.append(probe)
  const palette: Partial<Record<keyof Palette, string>> = {}
  for (const [name, variable] of Object.entries(variables) as [keyof Palette, string][]) {
    probe.style.color = `var(${variable})`
    palette[name] = getComputedStyle(probe).color
  }
  probe.remove()
  return palette as Palette
}

/** Calls back when the colours of the page change. */
export function watchPalette(onChange: () => void): () => void {
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => matchMedia(query))
  for (const query of queries) query.addEventListener('change', onChange)
  return () => queries.forEach((query) => query.removeEventListener('change', onChange))
}

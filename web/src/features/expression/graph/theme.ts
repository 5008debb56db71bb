import { stateLook, states, type State } from '../task/task-look.ts'

export interface Paint {
  readonly solid: string
  readonly tint: string
  readonly text: string
}

/** The colours of the page as a canvas wants them: no variables, light or dark, or those that somebody forces upon all pages. */
export interface Theme {
  readonly paints: readonly Paint[]
  readonly text: string
  readonly ground: string
  readonly line: string
  readonly accent: string
  readonly font: string
  readonly isForced: boolean
}

/** Where colours are forced there are few: shapes tell the states apart. */
const forced: Readonly<Record<State, Paint>> = {
  waiting: { solid: 'GrayText', tint: 'Canvas', text: 'GrayText' },
  ready: { solid: 'CanvasText', tint: 'Canvas', text: 'CanvasText' },
  ahead: { solid: 'CanvasText', tint: 'Canvas', text: 'CanvasText' },
  running: { solid: 'Highlight', tint: 'Highlight', text: 'HighlightText' },
  saving: { solid: 'Highlight', tint: 'Canvas', text: 'CanvasText' },
  succeeded: { solid: 'CanvasText', tint: 'CanvasText', text: 'Canvas' },
  failed: { solid: 'LinkText', tint: 'Canvas', text: 'LinkText' },
  cancelled: { solid: 'GrayText', tint: 'Canvas', text: 'GrayText' },
}

/** Reads what the page's variables stand for at an element. */
export function readTheme(element: HTMLElement): Theme {
  const isForced = matchMedia('(forced-colors: active)').matches
  const probe = element.appendChild(document.createElement('span'))
  probe.style.setProperty('forced-color-adjust', 'none')
  const read = (color: string): string => {
    probe.style.color = color
    return getComputedStyle(probe).color
  }
  const ownPaint = (state: State): Paint => {
    const { tone } = stateLook[state]
    return { solid: `var(--${tone}-solid)`, tint: `var(--${tone}-tint)`, text: `var(--${tone}-text)` }
  }
  const theme: Theme = {
    paints: states.map((state) => {
      const { solid, tint, text } = isForced ? forced[state] : ownPaint(state)
      return { solid: read(solid), tint: read(tint), text: read(text) }
    }),
    text: read(isForced ? 'CanvasText' : 'var(--text)'),
    ground: read(isForced ? 'Canvas' : 'var(--page)'),
    line: read(isForced ? 'GrayText' : 'var(--line-strong)'),
    accent: read(isForced ? 'Highlight' : 'var(--accent)'),
    font: getComputedStyle(probe).getPropertyValue('--font-mono'),
    isForced,
  }
  probe.remove()
  return theme
}

const looks = ['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)'] as const

/** Calls back when the theme may have become another. @returns how to end that */
export function watchTheme(onChange: () => void): () => void {
  const queries = looks.map((look) => matchMedia(look))
  for (const query of queries) query.addEventListener('change', onChange)
  return () => {
    for (const query of queries) query.removeEventListener('change', onChange)
  }
}

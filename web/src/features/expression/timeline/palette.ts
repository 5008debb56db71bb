import { areColorsForced, readColors } from '../../../components/time/theme-colors.ts'
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

export const readPalette = (host: HTMLElement): Palette => (areColorsForced() ? forced : readColors(host, variables))

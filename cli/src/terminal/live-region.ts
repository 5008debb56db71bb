import { lineWidth, paintLine, type Line, type Paint } from './line.ts'

/** The part of a terminal's stream that is needed here. */
export interface Screen {
  readonly columns?: number
  readonly rows?: number
  write(text: string): unknown
}

/** The last lines of a terminal, drawn anew in their place. */
export class LiveRegion {
  readonly #screen: Screen
  readonly #paint: Paint
  /** Widths of the lines that are there. */
  #drawn: readonly number[] = []

  constructor(screen: Screen, paint: Paint) {
    this.#screen = screen
    this.#paint = paint
  }

  get columns(): number {
    // A terminal of which nobody knows how large it is says 0.
    return this.#screen.columns || 80
  }

  get rows(): number {
    return this.#screen.rows || 24
  }

  draw(lines: readonly Line[]): void {
    // In its last column a terminal waits with going to the next line; some count it twice.
    const columns = Math.max(1, this.columns - 1)
    const shown = lines.slice(0, Math.max(1, this.rows - 1))
    const text = shown.map((line) => `${paintLine(line, this.#paint, columns)}\x1b[K\n`).join('')
    this.#screen.write(`${this.#toTop()}${text}\x1b[J`)
    this.#drawn = shown.map((line) => Math.min(columns, lineWidth(line)))
  }

  clear(): void {
    if (this.#drawn.length > 0) this.#screen.write(`${this.#toTop()}\x1b[J`)
    this.#drawn = []
  }

  /** What is there belongs to the past: the next is drawn below it. */
  leave(): void {
    this.#drawn = []
  }

  /** In a window that got narrower since, the terminal has broken lines into several. */
  #toTop(): string {
    const rows = this.#drawn.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / this.columns)), 0)
    return rows === 0 ? '\r' : `\r\x1b[${rows}A`
  }
}

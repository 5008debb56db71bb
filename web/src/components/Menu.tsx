import { useEffect, useRef, type KeyboardEvent } from 'react'
import styles from './Menu.module.css'

export interface MenuItem {
  readonly label: string
  readonly onChoose: () => void
  /** Shown beside it; it works where the menu was opened, too. */
  readonly keys?: string
  readonly isDanger?: boolean
  /** Begins a group, with a line above it. */
  readonly isFirst?: boolean
}

interface Props {
  label: string
  items: readonly MenuItem[]
  /** Where it opens, in the coordinates of the window. */
  at: DOMRect
  /** Gives the focus back to what it was opened from. */
  onClose: () => void
}

/** From the edges of the window, in pixels. */
const margin = 8

/**
 * What can be done to something, above all else on the page. It closes by Escape, by Tab and by a press beside it: by that of the button that
 * opens it with the right a browser would close it of its own accord.
 */
export function Menu({ label, items, at, onClose }: Props) {
  const menu = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLElement | null>(null)

  useEffect(() => {
    const element = menu.current
    if (!element) return
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null
    element.showPopover()
    const place = () => placeAt(element, at)
    place()
    entries(element)[0]?.focus({ preventScroll: true })
    const closeBeside = ({ target }: Event) => {
      if (target instanceof Node && !element.contains(target)) element.hidePopover()
    }
    window.addEventListener('resize', place)
    document.addEventListener('pointerdown', closeBeside, true)
    return () => {
      window.removeEventListener('resize', place)
      document.removeEventListener('pointerdown', closeBeside, true)
    }
  }, [at])

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const all = entries(event.currentTarget)
    const place = all.findIndex((entry) => entry === document.activeElement)
    const next = target(event, all, place)
    const isLeft = event.key === 'Tab' || event.key === 'Escape'
    if (isLeft) event.currentTarget.hidePopover()
    if (next) next.focus()
    if (next || isLeft) event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div
      ref={menu}
      popover="manual"
      role="menu"
      aria-label={label}
      className={styles.menu}
      onKeyDown={onKeyDown}
      onToggle={({ newState, currentTarget }) => {
        if (newState !== 'closed') return
        if (isLost(currentTarget)) opener.current?.focus({ preventScroll: true })
        onClose()
      }}
    >
      {items.map(({ label, keys, isDanger, isFirst, onChoose }) => (
        <div
          key={label}
          role="menuitem"
          tabIndex={-1}
          className={styles.item}
          data-danger={isDanger}
          data-first={isFirst}
          aria-keyshortcuts={keys?.replace(' ', '+')}
          onPointerMove={({ currentTarget }) => currentTarget.focus({ preventScroll: true })}
          onClick={() => {
            menu.current?.hidePopover()
            onChoose()
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== ' ') return
            event.preventDefault()
            event.currentTarget.click()
          }}
        >
          {label}
          {keys !== undefined && (
            <kbd className={styles.keys} aria-hidden="true">
              {keys}
            </kbd>
          )}
        </div>
      ))}
    </div>
  )
}

/** Whether the focus has gone nowhere else: what is hidden loses it a moment later. */
const isLost = (menu: HTMLElement): boolean =>
  document.activeElement === null || document.activeElement === document.body || menu.contains(document.activeElement)

/** Below what it was opened from, or above, within the window. */
function placeAt(element: HTMLElement, at: DOMRect): void {
  const { width, height } = element.getBoundingClientRect()
  const isBelow = at.bottom + height <= window.innerHeight || at.top < height
  const left = Math.min(at.right - width, window.innerWidth - width - margin)
  const top = Math.min(isBelow ? at.bottom : at.top - height, window.innerHeight - height - margin)
  element.style.left = `${Math.max(margin, left)}px`
  element.style.top = `${Math.max(margin, top)}px`
}

const entries = (menu: HTMLElement): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')]

/** Where a key leads: round, to an end, or to the next that begins with a letter. */
function target({ key, ctrlKey, metaKey }: KeyboardEvent, all: readonly HTMLElement[], place: number) {
  switch (key) {
    case 'ArrowDown':
      return all[(place + 1) % all.length]
    case 'ArrowUp':
      return all.at(place <= 0 ? -1 : place - 1)
    case 'Home':
      return all[0]
    case 'End':
      return all.at(-1)
    default: {
      if (key.length !== 1 || key === ' ' || ctrlKey || metaKey) return undefined
      const begins = (entry: HTMLElement) => entry.textContent.toLowerCase().startsWith(key.toLowerCase())
      return [...all.slice(place + 1), ...all.slice(0, place + 1)].find(begins)
    }
  }
}

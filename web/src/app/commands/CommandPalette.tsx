import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { useQuery } from 'urql'
import { Modal } from '../../components/Modal.tsx'
import { expressionPath } from '../../format/expression-path.ts'
import { expressionStatusLook } from '../../format/status.ts'
import { graphql } from '../../graphql.ts'
import { t } from '../../language/t.ts'
import { useIsAdmin } from '../../transport/contexts.ts'
import styles from './CommandPalette.module.css'
import { commands, type CommandContext } from './commands.ts'
import { fitting } from './fuzzy.ts'
import { Keys } from './Keys.tsx'

const RecentExpressionsQuery = graphql(`
  query RecentExpressions {
    expressions(first: 50) {
      edges {
        node {
          id
          version
          status
          sourceBeginning(characters: 160)
        }
      }
    }
  }
`)

interface Entry {
  readonly id: string
  readonly title: string
  readonly keys: string | null
  /** Of an expression. */
  readonly note: string | null
  readonly run: (context: CommandContext) => void
}

/** More are found by typing more. */
const shownAtMost = 20

interface Props {
  context: CommandContext
  onClose: () => void
}

/** Finds commands and expressions by some letters of them. */
export default function CommandPalette({ context, onClose }: Props) {
  const [{ data }] = useQuery({ query: RecentExpressionsQuery, requestPolicy: 'cache-and-network' })
  const isAdmin = useIsAdmin()
  const [typed, setTyped] = useState('')
  const [place, setPlace] = useState(0)
  const list = useRef<HTMLUListElement>(null)
  const listId = useId()
  const entries: readonly Entry[] = [
    ...commands
      .filter(({ isForAdmins }) => isAdmin || !isForAdmins)
      .map((command) => ({ ...command, title: t(command.title), id: t(command.title), note: null })),
    ...(data?.expressions?.edges ?? []).map(({ node }) => ({
      id: node.id,
      title: node.sourceBeginning,
      keys: null,
      note: t(expressionStatusLook[node.status].word),
      run: ({ goTo }: CommandContext) => goTo(expressionPath(node.id)),
    })),
  ]
  const found = fitting(typed, entries, ({ title }) => title).slice(0, shownAtMost)
  const chosen = Math.min(place, found.length - 1)

  function run(entry: Entry | undefined) {
    if (!entry) return
    onClose()
    // Once the dialog has given the focus back, for what it moves on from.
    setTimeout(() => entry.run(context))
  }

  function move(to: number) {
    if (found.length === 0) return
    const next = (to + found.length) % found.length
    setPlace(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') move(chosen + 1)
    else if (event.key === 'ArrowUp') move(chosen - 1)
    else if (event.key === 'Enter') run(found[chosen])
    else return
    event.preventDefault()
  }

  return (
    <Modal label={t('Commands')} onClose={onClose}>
      <input
        className={styles.field}
        type="text"
        role="combobox"
        aria-label={t('Find a command or an expression')}
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={found.length > 0 ? `${listId}-${chosen}` : undefined}
        placeholder={t('Find a command or an expression')}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setPlace(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ul ref={list} id={listId} className={styles.list} role="listbox" aria-label={t('What was found')}>
        {found.map((entry, index) => (
          <li
            key={entry.id}
            id={`${listId}-${index}`}
            className={styles.entry}
            role="option"
            aria-selected={index === chosen}
            onPointerMove={() => setPlace(index)}
            onClick={() => run(entry)}
          >
            <span className={styles.title} data-expression={entry.note !== null || undefined}>
              {entry.title}
            </span>
            {entry.note !== null && <span className={styles.note}>{entry.note}</span>}
            {entry.keys !== null && <Keys keys={entry.keys} />}
          </li>
        ))}
      </ul>
      <p className={styles.none} role="status">
        {found.length === 0 && t('Nothing has these letters in this order.')}
      </p>
    </Modal>
  )
}

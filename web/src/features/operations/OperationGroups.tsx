import { Fragment, type ReactNode } from 'react'
import { isOperator } from '../../format/operation.ts'
import { t } from '../../language/t.ts'
import styles from './OperationGroups.module.css'

interface Props<Operation> {
  operations: readonly Operation[]
  children: (operation: Operation) => ReactNode
}

/** The operations in their order: operators, then functions. */
export function OperationGroups<Operation extends { id: string; name: string }>(props: Props<Operation>) {
  const { operations, children } = props
  const groups = [
    { title: t('Operators'), members: operations.filter(({ name }) => isOperator(name)) },
    { title: t('Functions'), members: operations.filter(({ name }) => !isOperator(name)) },
  ]
  return groups
    .filter(({ members }) => members.length > 0)
    .map(({ title, members }) => (
      <section key={title} className={styles.group} aria-label={title}>
        <h2 className={styles.title}>{title}</h2>
        <ul>
          {members.map((operation) => (
            <Fragment key={operation.id}>{children(operation)}</Fragment>
          ))}
        </ul>
      </section>
    ))
}

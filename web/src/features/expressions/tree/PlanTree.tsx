import { useMemo } from 'react'
import { formatCount } from '../../../format/number.ts'
import { isOperator, operationMark, operationTitle } from '../../../format/operation.ts'
import { t } from '../../../language/t.ts'
import { layOutTree, radius, type TreeLayout } from './lay-out.ts'
import styles from './PlanTree.module.css'
import { planNodes, type PlanNode, type PlanNodes } from './plan-nodes.ts'
import type { DrawnPlan } from './plan-tree-fragment.ts'

/** How a source was read: which operation works on what, and how many there are of each kind. Of more than was asked for it tells the latter alone. */
export default function PlanTree({ plan }: { plan: DrawnPlan }) {
  const { grouped, operationCount, operations, tasks, root } = plan
  const isWhole = tasks.length === operationCount
  const nodes = useMemo(() => (isWhole ? planNodes(tasks, root) : null), [tasks, root, isWhole])
  const layout = useMemo(() => nodes && layOutTree(nodes), [nodes])
  return (
    <div className={styles.tree} data-many={!isWhole || undefined}>
      {nodes && layout ? (
        <Picture plan={nodes} layout={layout} label={t('Read as {source}', { source: grouped })} />
      ) : (
        <p className={styles.tooMany}>{t('Too many operations to draw here. They are drawn as they run.')}</p>
      )}
      <ul className={styles.kinds} aria-label={t('Operations by kind')}>
        {operations.map(({ operation, count }) => (
          <li key={operation} title={operationTitle(operation)}>
            <span aria-hidden="true">{operationMark(operation)}</span>
            <span className="visually-hidden">{operationTitle(operation)}</span> {formatCount(count)}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Picture({ plan, layout, label }: { plan: PlanNodes; layout: TreeLayout; label: string }) {
  const { width, height, spots, edges } = layout
  return (
    <svg
      className={styles.picture}
      viewBox={`-2 -2 ${width + 4} ${height + 4}`}
      style={{ maxWidth: width + 4, maxHeight: height + 4 }}
      role="img"
      aria-label={label}
    >
      {edges.map(({ from, to, isNegative }, place) => (
        <g key={place}>
          <line className={styles.edge} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
          {isNegative && (
            <text className={styles.minus} x={(from.x + to.x) / 2 + 6} y={(from.y + to.y) / 2}>
              −
            </text>
          )}
        </g>
      ))}
      {spots.map(({ node, x, y }) => (
        <Node key={node} node={plan.nodes[node]} x={x} y={y} />
      ))}
    </svg>
  )
}

function Node({ node, x, y }: { node: PlanNode | undefined; x: number; y: number }) {
  if (!node) return null
  const { operation, text } = node
  if (operation === null)
    return (
      <text className={styles.number} x={x} y={y}>
        {text}
      </text>
    )
  return (
    <g className={styles.operation} data-function={!isOperator(operation) || undefined}>
      <circle cx={x} cy={y} r={radius} />
      <text x={x} y={y}>
        {operationMark(operation)}
      </text>
    </g>
  )
}

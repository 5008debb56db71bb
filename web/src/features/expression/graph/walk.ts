import type { GraphLayout } from './graph-layout.ts'
import { operandTasks, type GraphShape } from './graph-shape.ts'

/** Where the keyboard stands: at a task, or where that is folded away at the nearest of its users that is not. */
export function standingFor(shape: GraphShape, { level }: GraphLayout, task: number): number {
  const hidden = new Set<number>()
  for (let user = task; user < level.length; user += 1) {
    if (user !== task && !operandTasks(shape, user).some((operand) => hidden.has(operand))) continue
    if (level[user] !== -1) return user
    hidden.add(user)
  }
  return task
}

/** How the arrow keys go through a graph: up to who uses it, down to what it works on, sideways along its level. */
export function walk(shape: GraphShape, layout: GraphLayout, from: number, key: string): number | null {
  switch (key) {
    case 'ArrowUp':
      return layout.parent[from] === -1 ? null : layout.parent[from]!
    case 'ArrowDown':
      return operandTasks(shape, from).find((task) => layout.level[task] !== -1) ?? null
    case 'ArrowLeft':
      return neighbour(layout, from, -1)
    case 'ArrowRight':
      return neighbour(layout, from, 1)
    case 'Home':
      return layout.x.length - 1
    default:
      return null
  }
}

/** The nearest on the same level. */
function neighbour({ x, level }: GraphLayout, from: number, direction: 1 | -1): number | null {
  let found: number | null = null
  let distance = Infinity
  for (let task = 0; task < x.length; task += 1) {
    const away = (x[task]! - x[from]!) * direction
    if (level[task] !== level[from] || task === from || away <= 0 || away >= distance) continue
    found = task
    distance = away
  }
  return found
}

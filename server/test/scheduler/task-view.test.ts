import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ExpressionStanding, TaskView } from '../../src/domain/tasks/task-view.ts'
import { viewTask } from '../../src/domain/tasks/task-view.ts'
import { TaskGraph } from '../../src/domain/tasks/task-graph.ts'
import { planOf } from '../domain/support/compiling.ts'
import { write, writtenTree } from '../domain/support/written-tree.ts'
import { GraphRun } from './support/graph-run.ts'

const plan = planOf('-(1+2)*(3+4)', { regroup: false })
const running: ExpressionStanding = { id: 'e', epoch: 1, ended: null }

describe('a task', () => {
  test('shows what is computed only when it is in the log, its parent likewise', () => {
    const graph = new TaskGraph(plan, [], 5)
    const look = () => [0, 2].map((index) => viewTask(graph, index, running))
    graph.assign(0, { agentId: 'ada', attempt: 1, ticket: 't' }, 10)
    graph.compute(0, '3', 'ada', 20)
    graph.compute(1, '7', 'ada', 20)
    graph.commit(1)
    expect(look()).toMatchObject([
      { status: 'ASSIGNED', result: null, finishedAt: null, agentId: 'ada', startedAt: 10 },
      { status: 'WAITING', readyAt: null, operands: [{ value: null }, { value: '7' }] },
    ])
    graph.commit(0)
    expect(look()).toMatchObject([
      { status: 'SUCCEEDED', result: '3', finishedAt: 20 },
      { status: 'READY', readyAt: 20, operands: [{ value: '-3', task: 0, negated: true }, { value: '7' }] },
    ])
  })

  test.each([
    [
      { kind: 'failed', task: 0, attempt: 2, agentId: 'bob', failedAt: 50, elapsedMs: 10 },
      ['FAILED', 'SUCCEEDED', 'CANCELLED'],
    ],
    [{ kind: 'cancelled' }, ['CANCELLED', 'SUCCEEDED', 'CANCELLED']],
  ] as const)('of an expression that was %o', (ended, statuses) => {
    const graph = new TaskGraph(plan, [], 5)
    graph.compute(1, '7', 'ada', 20)
    graph.commit(1)
    const views = plan.tasks.map((_, index) => viewTask(graph, index, { ...running, ended }))
    expect(views.map(({ status }) => status)).toEqual(statuses)
  })

  test('that failed, of the task that did, tells when', () => {
    const failed = { kind: 'failed', task: 0, attempt: 2, agentId: 'bob' } as const
    const viewed = (times: { failedAt: number | null; elapsedMs: number | null }) =>
      viewTask(new TaskGraph(plan, [], 5), 0, { ...running, ended: { ...failed, ...times } })
    expect(viewed({ failedAt: 50, elapsedMs: 10 })).toMatchObject({ attempt: 2, startedAt: 40, finishedAt: 50 })
    // As one that failed before this was kept.
    expect(viewed({ failedAt: 50, elapsedMs: null })).toMatchObject({ startedAt: null, finishedAt: 50 })
  })
})

/** What a client can tell apart. */
const contentOf = ({ version: _, ...content }: TaskView) => JSON.stringify(content)

describe('versions', () => {
  const plans = writtenTree(['+', '-', '*'], 4).map((tree) => planOf(write(tree)))

  test('rise with every change that shows, under any owner, and to the end', () => {
    fc.assert(
      fc.property(plans, fc.array(fc.nat(), { maxLength: 120 }), fc.nat(), (plan, choices, end) => {
        const run = new GraphRun(plan)
        const seen: (TaskView | undefined)[] = []
        const look = (ended: ExpressionStanding['ended']) => {
          for (const index of plan.tasks.keys()) {
            const view = viewTask(run.graph, index, { id: 'e', epoch: run.epoch, ended })
            const before = seen[index]
            seen[index] = view
            expect(view.result !== null).toBe(run.graph.task(index).state === 'SUCCEEDED')
            if (before === undefined || contentOf(before) === contentOf(view)) continue
            expect(view.version, `${contentOf(before)} became ${contentOf(view)}`).toBeGreaterThan(before.version)
          }
        }
        look(null)
        for (const choice of choices) {
          const steps = run.possible()
          const crash = { kind: 'crash' } as const
          // Children stand in the log before their parents: appends are in the order of arrival.
          const orderly = steps.filter((step) => step.kind !== 'commit' || run.graph.operandsAreCommitted(step.task))
          run.take(choice % 10 === 0 ? crash : (orderly[choice % orderly.length] ?? crash))
          look(null)
        }
        if (!run.graph.isComplete)
          look(
            end % 2
              ? { kind: 'cancelled' }
              : {
                  kind: 'failed',
                  task: end % plan.tasks.length,
                  attempt: 1,
                  agentId: null,
                  failedAt: null,
                  elapsedMs: null,
                },
          )
      }),
    )
  })

  test('are whole numbers that JavaScript holds exactly', () => {
    const graph = new TaskGraph(plan, [], 0)
    graph.compute(1, '7', 'ada', 20)
    graph.commit(1)
    const view = (epoch: number, ended: ExpressionStanding['ended']) =>
      plan.tasks.map((_, index) => viewTask(graph, index, { id: 'e', epoch, ended }).version)
    for (const version of [...view(1_000_000, null), ...view(1_000_000, { kind: 'cancelled' })])
      expect(version).toSatisfy(Number.isSafeInteger)
  })
})

import { Kind, type SelectionSetNode } from 'graphql'
import { expect, test } from 'vitest'
import { recordedRun } from '../src/features/expression/recorded/recorded-run.ts'
import { Replay } from '../src/features/expression/timeline/replay.ts'
import { TasksSubscription } from '../src/features/expression/tasks-subscription.ts'

const { tasks, finishedAt, result } = recordedRun

/** Paths of what a document asks for and a recording lacks. */
function lacking(selections: SelectionSetNode, value: unknown, path: string): string[] {
  if (value === null) return []
  if (Array.isArray(value)) return value.flatMap((each) => lacking(selections, each, path))
  return selections.selections.flatMap((selection) => {
    switch (selection.kind) {
      case Kind.FIELD: {
        const name = (selection.alias ?? selection.name).value
        if (name === '__typename') return []
        const field = (value as Record<string, unknown>)[name]
        if (field === undefined) return [`${path}.${name}`]
        return selection.selectionSet ? lacking(selection.selectionSet, field, `${path}.${name}`) : []
      }
      case Kind.FRAGMENT_SPREAD: {
        const fragment = TasksSubscription.definitions.find(
          (definition) =>
            definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value,
        )
        if (fragment?.kind !== Kind.FRAGMENT_DEFINITION) throw new Error(`no fragment ${selection.name.value}`)
        return lacking(fragment.selectionSet, value, path)
      }
      case Kind.INLINE_FRAGMENT:
        return lacking(selection.selectionSet, value, path)
      default:
        return selection satisfies never
    }
  })
}

test('a recording has all that the page of an expression asks for', () => {
  const [operation] = TasksSubscription.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  )
  const [field] = operation?.selectionSet.selections ?? []
  if (field?.kind !== Kind.FIELD || !field.selectionSet) throw new Error('the document has changed its shape')
  expect([...new Set(lacking(field.selectionSet, tasks, 'task'))]).toEqual([])
  expect(lacking(field.selectionSet, [{ ...tasks[0], readyAt: undefined }], 'task')).toEqual(['task.readyAt'])
})

test('it begins with nothing computed, loses an agent on the way, and ends with its result', () => {
  const replay = new Replay(tasks, Date.parse(finishedAt))
  const statuses = (at: number) => new Set(replay.at(at).map(({ status }) => status))
  const begin = Math.min(...tasks.map(({ readyAt }) => Date.parse(readyAt ?? '')))
  expect(statuses(begin)).toEqual(new Set(['WAITING', 'READY']))
  expect(statuses(Date.parse(finishedAt))).toEqual(new Set(['SUCCEEDED']))
  expect(tasks.flatMap(({ failedAttempts }) => failedAttempts).map(({ outcome }) => outcome)).toEqual(['AGENT_LOST'])
  expect(result.decimal.startsWith(tasks.at(-1)!.result!.short.slice(0, 10))).toBe(true)
})

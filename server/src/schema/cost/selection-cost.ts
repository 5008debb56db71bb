import {
  getArgumentValues,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

/** What a field says of its cost; the complexity plugin keeps it with the field, and gives lists a multiplier. */
type FieldCost = number | { readonly field?: number; readonly multiplier?: number }
type CostOption = FieldCost | ((args: Record<string, unknown>) => FieldCost)

type Info = Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues'>

interface Known {
  /** The selections of a fragment cost the same wherever it is spread: they are looked at once, however often that is. */
  readonly costs: Map<SelectionSetNode, Map<GraphQLNamedType, number>>
  /** Whether arguments count, whose values may be others the next time. */
  dependsOnArguments: boolean
}

export const nothingKnown = (): Known => ({ costs: new Map(), dependsOnArguments: false })

/** What a selection costs for one object: about as many microseconds as it takes to resolve, and lists of unknown length count as one entry. */
export function costOfSelection(info: Info, set: SelectionSetNode, type: GraphQLNamedType, known: Known) {
  const earlier = known.costs.get(set)?.get(type)
  if (earlier !== undefined) return earlier
  let cost = 0
  for (const selection of set.selections) cost += costOf(info, selection, type, known)
  known.costs.set(set, (known.costs.get(set) ?? new Map<GraphQLNamedType, number>()).set(type, cost))
  return cost
}

/** To read an entry of a long list, such as a task with its result in the log. */
const costOfReading = 25

/** What an entry of a list costs: to read it, and what is selected of it, wherever in the document that is. */
export function costOfEntry(info: GraphQLResolveInfo): number {
  const type = getNamedType(info.returnType)
  const sets = info.fieldNodes.flatMap(({ selectionSet }) => selectionSet ?? [])
  const known = nothingKnown()
  return sets.reduce((cost, set) => cost + costOfSelection(info, set, type, known), costOfReading)
}

function costOf(info: Info, selection: SelectionNode, type: GraphQLNamedType, known: Known): number {
  switch (selection.kind) {
    case Kind.FIELD:
      return costOfField(info, selection, type, known)
    case Kind.INLINE_FRAGMENT: {
      const condition = selection.typeCondition && info.schema.getType(selection.typeCondition.name.value)
      return costOfSelection(info, selection.selectionSet, condition ?? type, known)
    }
    case Kind.FRAGMENT_SPREAD: {
      const fragment = info.fragments[selection.name.value]
      const condition = fragment && info.schema.getType(fragment.typeCondition.name.value)
      return fragment ? costOfSelection(info, fragment.selectionSet, condition ?? type, known) : 0
    }
    default:
      return selection satisfies never
  }
}

function costOfField(info: Info, node: FieldNode, type: GraphQLNamedType, known: Known): number {
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined
  // `__typename` and the like.
  if (field === undefined) return 1
  const option = field.extensions['complexity'] as CostOption | undefined
  if (typeof option === 'function' && node.arguments?.length) known.dependsOnArguments = true
  const own = typeof option === 'function' ? option(getArgumentValues(field, node, info.variableValues)) : (option ?? 1)
  const { field: cost = 1, multiplier = 1 } = typeof own === 'number' ? { field: own } : own
  if (!node.selectionSet) return cost
  return cost + multiplier * costOfSelection(info, node.selectionSet, getNamedType(field.type), known)
}

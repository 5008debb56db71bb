import {
  GraphQLBoolean,
  GraphQLError,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  type GraphQLFieldConfig,
} from 'graphql'
import type { Context } from '../../src/schema/context.ts'
import type { TestSource } from './test-source.ts'

type Field = GraphQLFieldConfig<unknown, Context>

/** What a test can turn and watch from outside. */
export interface Stage {
  /** `wait` answers when this resolves. */
  gate: Promise<unknown>
  /** How often the mutation `count` ran. */
  counted: number
  /** How many `wait` are under way. */
  waiting: number
  readonly source: TestSource
}

/** Of whatever a resolver says, as it is. */
const anything = new GraphQLScalarType({ name: 'Anything' })

/** A field for each thing that the transport hands to resolvers or takes from them. */
export function createTestSchema(stage: Stage): GraphQLSchema {
  const string = (resolve: NonNullable<Field['resolve']>): Field => ({ type: GraphQLString, resolve })
  const nest: GraphQLObjectType = new GraphQLObjectType({
    name: 'Nest',
    fields: () => ({ nest: { type: nest, resolve: () => ({}) }, leaf: { type: GraphQLString, resolve: () => 'leaf' } }),
  })
  const write: Field = {
    type: GraphQLBoolean,
    args: { value: { type: new GraphQLNonNull(GraphQLString) } },
    resolve: (_parent, { value }, { refreshCookie }) => void refreshCookie?.write(value as string, 60),
  }
  const subscription = (subscribe: NonNullable<Field['subscribe']>): Field => ({
    type: GraphQLString,
    subscribe,
    resolve: (event) => event,
  })
  return new GraphQLSchema({
    query: new GraphQLObjectType({
      name: 'Query',
      fields: {
        actor: string((_parent, _args, { actor }) => JSON.stringify(actor)),
        address: string((_parent, _args, { address }) => address),
        cookie: string((_parent, _args, { refreshCookie }) => refreshCookie?.read() ?? 'none'),
        crash: string(() => {
          throw new Error('the password is swordfish')
        }),
        refuse: string(() => {
          throw new GraphQLError('Sign in first.', { extensions: { code: 'UNAUTHENTICATED' } })
        }),
        nest: { type: nest, resolve: () => ({}) },
        wait: string(async () => {
          stage.waiting += 1
          await stage.gate
          stage.waiting -= 1
          return 'waited'
        }),
      },
    }),
    mutation: new GraphQLObjectType({
      name: 'Mutation',
      fields: {
        count: { type: GraphQLInt, resolve: () => ++stage.counted },
        write,
        clear: {
          type: GraphQLBoolean,
          resolve: (_parent, _args, { refreshCookie }: Context) => void refreshCookie?.clear(),
        },
      },
    }),
    subscription: new GraphQLObjectType({
      name: 'Subscription',
      fields: {
        events: subscription((_parent, _args, context) => stage.source.open(context)),
        /** The first of a list that subscribers share, or what is wrong with it. */
        shared: {
          type: anything,
          subscribe: (_parent, _args, context) => stage.source.open(context),
          resolve: ([first]: readonly unknown[]) => {
            if (first instanceof Error) throw first
            return first
          },
        },
        breaks: subscription(async function* () {
          yield 'first'
          throw new Error('the password is swordfish')
        }),
      },
    }),
  })
}

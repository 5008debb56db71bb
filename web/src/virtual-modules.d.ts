declare module 'virtual:graphcache-schema' {
  /** Made from schema.graphql at build time, see build/graphcache-schema.ts. */
  const schema: {
    __schema: {
      queryType: { name: string }
      mutationType?: { name: string }
      subscriptionType?: { name: string }
      types: { kind: string; name: string; fields?: { name: string }[] }[]
    }
  }
  export default schema
}

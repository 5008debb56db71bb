import { graphql } from '../graphql.ts'

export const createPersonalToken = graphql(`
  mutation CreatePersonalToken($input: CreatePersonalTokenInput!) {
    createPersonalToken(input: $input) {
      __typename
      ... on CreatePersonalTokenPayload {
        token
        personalToken {
          id
          name
          scopes
          expiresAt
        }
      }
      ... on Error {
        code
        message
      }
      ... on InvalidInputError {
        fields {
          message
        }
      }
    }
  }
`)

export const revokePersonalToken = graphql(`
  mutation RevokePersonalToken($id: ID!) {
    outcome: revokePersonalToken(input: { id: $id }) {
      __typename
      ... on PersonalToken {
        id
        name
      }
      ... on Error {
        code
        message
      }
    }
  }
`)

export const listPersonalTokens = graphql(`
  query ListPersonalTokens {
    viewer {
      email
      role
      personalTokens {
        id
        name
        scopes
        createdAt
        expiresAt
        lastUsedAt
        revokedAt
      }
    }
  }
`)

export const listAgentTokens = graphql(`
  query ListAgentTokens {
    agentTokens {
      id
      name
      createdAt
      lastUsedAt
      revokedAt
    }
  }
`)

export const createAgentToken = graphql(`
  mutation CreateAgentToken($name: String!) {
    createAgentToken(input: { name: $name }) {
      __typename
      ... on CreateAgentTokenPayload {
        token
        agentToken {
          id
          name
        }
      }
      ... on Error {
        code
        message
      }
    }
  }
`)

export const revokeAgentToken = graphql(`
  mutation RevokeAgentToken($id: ID!) {
    outcome: revokeAgentToken(input: { id: $id }) {
      __typename
      ... on AgentToken {
        id
        name
      }
      ... on Error {
        code
        message
      }
    }
  }
`)

import { graphql } from '../graphql.ts'

export const AuthenticationFragment = graphql(`
  fragment SessionAuthentication on Authentication @_unmask {
    accessToken
    user {
      id
      email
      role
    }
  }
`)

const CredentialsErrorFragment = graphql(`
  fragment SessionCredentialsError on Error @_unmask {
    code
    message
    ... on InvalidInputError {
      fields {
        path
        message
      }
    }
  }
`)

export const RefreshSessionMutation = graphql(
  `
    mutation RefreshSession {
      refreshSession {
        __typename
        ...SessionAuthentication
      }
    }
  `,
  [AuthenticationFragment],
)

export const LoginMutation = graphql(
  `
    mutation Login($input: CredentialsInput!) {
      login(input: $input) {
        __typename
        ...SessionAuthentication
        ...SessionCredentialsError
      }
    }
  `,
  [AuthenticationFragment, CredentialsErrorFragment],
)

export const RegisterMutation = graphql(
  `
    mutation Register($input: CredentialsInput!) {
      register(input: $input) {
        __typename
        ...SessionAuthentication
        ...SessionCredentialsError
      }
    }
  `,
  [AuthenticationFragment, CredentialsErrorFragment],
)

export const RegistrationQuery = graphql(`
  query Registration {
    registration {
      isOpen
    }
  }
`)

export const ChangePasswordMutation = graphql(
  `
    mutation ChangePassword($input: ChangePasswordInput!) {
      changePassword(input: $input) {
        __typename
        ...SessionAuthentication
        ...SessionCredentialsError
      }
    }
  `,
  [AuthenticationFragment, CredentialsErrorFragment],
)

export const ResetPasswordMutation = graphql(
  `
    mutation ResetPassword($input: ResetPasswordInput!) {
      resetPassword(input: $input) {
        __typename
        ...SessionAuthentication
        ...SessionCredentialsError
      }
    }
  `,
  [AuthenticationFragment, CredentialsErrorFragment],
)

export const LogoutEverywhereMutation = graphql(`
  mutation LogoutEverywhere {
    logoutEverywhere {
      __typename
    }
  }
`)

export const LogoutMutation = graphql(`
  mutation Logout {
    logout {
      loggedOut
    }
  }
`)

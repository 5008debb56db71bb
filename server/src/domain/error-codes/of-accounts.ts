import { codes } from './entry.ts'

/** Of accounts, their tokens and their sign-ins. */
export const ofAccounts = codes({
  ACCOUNT_DISABLED: ['An admin has disabled the account.', 'Ask one.', 401],
  EMAIL_TAKEN: ['There is an account with this email.', 'Sign in, or register with another one.', 409],
  INVALID_CREDENTIALS: [
    'No account has this email with this password.',
    'Try again; an admin can make a reset link.',
    401,
  ],
  INVITATION_REFUSED: ['The invitation is used, revoked, expired or none.', 'Ask an admin for another one.', 403],
  LAST_ADMIN: ['No admin would be left.', 'Make somebody else an admin first.'],
  REGISTRATION_CLOSED: ['Nobody registers here without an invitation.', 'Ask an admin for one.', 403],
  RESET_LINK_REFUSED: ['The reset link is used, expired or none.', 'Ask an admin for another one.'],
  SESSION_EXPIRED: ['The sign-in has ended.', 'Sign in again.', 401],
  TOO_MANY_TOKENS: ['The user has as many personal tokens as one may.', 'Revoke one.'],
  TOO_MANY_WEBHOOKS: ['The user has as many webhooks as one may.', 'Delete one.', 422],
  WRONG_PASSWORD: ['The current password is another one.', 'Try again.'],
})

/**
 * Whether a token lets agents in: it is not revoked, and whoever made it not disabled. Those of users who have deleted their account go on,
 * as they are the server's.
 */
export const isGoodToken = `
  agent_token.revoked_at IS NULL
  AND NOT EXISTS (
    SELECT FROM user_account WHERE user_account.id = agent_token.created_by AND disabled_at IS NOT NULL AND closed_at IS NULL
  )`

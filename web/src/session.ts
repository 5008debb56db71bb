import { startLanguage } from './language/start.ts'
import { post } from './transport/post.ts'
import { createSession } from './transport/session.ts'
import { openOwedSignOut } from './transport/owed-sign-out.ts'
import { openTabs } from './transport/tabs.ts'

/**
 * The session of this page. Whether anybody is signed in decides what code it needs, so the server is asked at once: this module runs
 * before the page's others have come, see `web/build/early-script.ts`.
 */
export const session = createSession({ post, tabs: openTabs(), owedSignOut: openOwedSignOut() })
void session.refresh()

/** The language of the page, whose texts are fetched as early. */
export const languageIsThere = startLanguage()

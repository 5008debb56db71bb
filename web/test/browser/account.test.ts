import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { describePage, test } from './support/browser-test.ts'

const password = 'a long enough password'

async function fillIn(page: Page, email: string, secret = password): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(secret)
}

async function signUp(page: Page, email: string): Promise<void> {
  await page.goto('/')
  await openSignUp(page)
  await fillIn(page, email)
  await createButton(page).click()
  await expressionsHeading(page).waitFor()
}

async function openSignUp(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Create (one|an account)$/ }).click()
  // The page before it has fields of the same names.
  await page.getByRole('heading', { name: 'Create an account' }).waitFor()
}

async function signOut(page: Page, email: string): Promise<void> {
  await page.getByRole('button', { name: `Account of ${email}` }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await welcomeHeading(page).waitFor()
}

async function openSignIn(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Sign in' }).click()
  await signInHeading(page).waitFor()
}

const expressionsHeading = (page: Page) => page.getByRole('heading', { name: 'What shall be computed?' })
const createButton = (page: Page) => page.getByRole('button', { name: 'Create account' })
const welcomeHeading = (page: Page) => page.getByRole('heading', { name: 'Watch a calculation happen' })
const signInHeading = (page: Page) => page.getByRole('heading', { name: 'Sign in' })

async function roleOf(page: Page, email: string): Promise<string> {
  const account = page.getByRole('button', { name: `Account of ${email}` })
  await account.click()
  const role = page.getByRole('paragraph').filter({ hasText: /^(Admin|User)$/ })
  const word = await role.innerText()
  await page.keyboard.press('Escape')
  return word
}

describePage('an account', () => {
  test('is made by signing up; the first one is the admin, the next is not', async ({ arrive }) => {
    const first = (await arrive()).page
    await signUp(first, 'first@example.com')
    expect(await roleOf(first, 'first@example.com')).toBe('Admin')

    const second = (await arrive()).page
    await signUp(second, 'second@example.com')
    expect(await roleOf(second, 'second@example.com')).toBe('User')
  })

  test('is left by signing out, also after a reload, and entered again by signing in', async ({ arrive }) => {
    const { page } = await arrive()
    await signUp(page, 'leaves@example.com')
    await signOut(page, 'leaves@example.com')
    await page.reload()
    await openSignIn(page)

    await fillIn(page, 'Leaves@Example.com ')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expressionsHeading(page).waitFor()
  })

  test('outlives a reload by a cookie that no script can read, and leaves nothing else behind', async ({ arrive }) => {
    const { page, context } = await arrive()
    await signUp(page, 'stays@example.com')
    await page.goto('/operations')
    await page.reload()
    await page.getByRole('heading', { name: 'Operations', exact: true }).waitFor()

    const secret = expect.objectContaining({ httpOnly: true, sameSite: 'Strict' })
    expect(await context.cookies()).toEqual([secret, secret])
    const stored = await page.evaluate(() => ({
      cookie: document.cookie,
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
    }))
    // Where one had scrolled to is all that is kept, and by the router.
    expect(stored).toEqual({ cookie: '', local: [], session: ['scroll-positions'] })
  })

  test('is not entered with a wrong password, which is said in place', async ({ arrive }) => {
    const { page } = await arrive()
    await signUp(page, 'guarded@example.com')
    await signOut(page, 'guarded@example.com')
    await openSignIn(page)

    await fillIn(page, 'guarded@example.com', 'a wrong password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    expect(await page.getByRole('alert').innerText()).toMatch(/wrong/i)
    await signInHeading(page).waitFor()
    expect(await page.getByLabel('Email').inputValue()).toBe('guarded@example.com')
  })

  test('needs an email of its own and a password of 8 characters, which is said at the field', async ({ arrive }) => {
    const { page } = await arrive()
    await signUp(page, 'taken@example.com')
    await signOut(page, 'taken@example.com')
    await openSignUp(page)

    await fillIn(page, 'other@example.com', 'short')
    await createButton(page).click()
    const passwordField = page.getByRole('textbox', { name: 'Password' })
    await expect.poll(() => passwordField.getAttribute('aria-invalid')).toBe('true')

    await fillIn(page, 'taken@example.com')
    await createButton(page).click()
    await expect.poll(() => page.getByLabel('Email').getAttribute('aria-invalid')).toBe('true')
    await page.getByText('There is an account with this email').waitFor()
  })

  test('has a password that can be changed, which ends its sessions elsewhere', async ({ arrive }) => {
    const [{ page }, { page: elsewhere }] = [await arrive(), await arrive()]
    const email = 'changes@example.com'
    await signUp(page, email)
    await elsewhere.goto('/sign-in')
    await fillIn(elsewhere, email)
    await elsewhere.getByRole('button', { name: 'Sign in' }).click()
    await expressionsHeading(elsewhere).waitFor()

    await page.getByRole('button', { name: `Account of ${email}` }).click()
    await page.getByRole('link', { name: 'Password and sessions' }).click()
    await page.getByLabel('Current password').fill('not this one')
    await page.getByLabel('New password').fill('another long password')
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('This is not your current password').waitFor()
    await page.getByLabel('Current password').fill(password)
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('Your password is changed').waitFor()
    await elsewhere.getByText('Your session has ended').waitFor()
    // This one goes on, with its new cookie.
    await page.reload()
    await page.getByRole('heading', { name: 'Account', exact: true }).waitFor()
  })

  test('can be signed out everywhere', async ({ arrive }) => {
    const visitor = await arrive()
    const { page } = visitor
    await signUp(page, 'everywhere@example.com')
    const tab = await visitor.openTab('/operations')
    await tab.getByRole('heading', { name: 'Operations', exact: true }).waitFor()
    await page.goto('/account')
    await page.getByRole('button', { name: 'Sign out everywhere' }).click()
    await page.getByRole('button', { name: 'Sign out everywhere' }).click()
    await signInHeading(page).waitFor()
    await tab.getByText('Your session has ended').waitFor()
  })

  test('has tokens for its programs, each shown once, and good until it is revoked', async ({ arrive }) => {
    const { page } = await arrive()
    await signUp(page, 'programs@example.com')
    await page.goto('/account')
    await page.getByText('No tokens yet').waitFor()
    await page.getByRole('button', { name: 'Create token' }).click()
    await page.getByText('must not be empty').waitFor()
    await page.getByLabel('Name of a new token').fill('nightly')
    await page.getByLabel('It also submits').uncheck()
    await page.getByText('For 30 days').click()
    await page.getByRole('button', { name: 'Create token' }).click()
    const secret = (await page.getByText(/^rkp_/).innerText()).trim()
    await page.getByText('reads · never used').waitFor()

    const answer = async (query: string) => {
      const response = await fetch(new URL('/graphql', page.url()), {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
        body: JSON.stringify({ query }),
      })
      return response.text()
    }
    expect(await answer('{ viewer { email } }')).toContain('programs@example.com')
    const submission =
      'mutation { submitExpression(input: {source: "1+1", requestId: "1"}) { ... on Error { message } } }'
    expect(await answer(submission)).toContain('This needs a token with the scope SUBMIT.')

    await page.reload()
    await page.getByText('reads · used just now').waitFor()
    expect(await page.getByText(/rkp_/).count()).toBe(0)
    await page.getByRole('button', { name: 'Revoke nightly' }).click()
    await page.getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('revoked just now').waitFor()
    expect(await answer('{ viewer { email } }')).toContain('"viewer":null')
  })

  test('is asked for at any address, to which signing in leads back', async ({ arrive }) => {
    const { page } = await arrive()
    await page.goto('/agents')
    await signInHeading(page).waitFor()
    await openSignUp(page)
    await fillIn(page, 'returns@example.com')
    await createButton(page).click()
    await page.getByRole('heading', { name: 'Agents', exact: true }).waitFor()
  })

  test('is needed for the code of all pages behind it', async ({ arrive }) => {
    const { page, requests } = await arrive()
    const pages = () => requests.filter((request) => request.includes('ExpressionsPage'))
    await page.goto('/')
    await welcomeHeading(page).waitFor()
    expect(pages()).toEqual([])
    await openSignUp(page)
    await fillIn(page, 'loads@example.com')
    await createButton(page).click()
    await expressionsHeading(page).waitFor()
    expect(pages()).not.toEqual([])
  })

  test('is looked for while the page is still on its way', async ({ arrive }) => {
    const { page, requests } = await arrive()
    let letThrough = () => {}
    const held = new Promise<void>((resolve) => (letThrough = resolve))
    await page.route(/\/assets\/index-.*\.js$/, (route) => held.then(() => route.continue()))
    await page.goto('/', { waitUntil: 'commit' })
    await expect.poll(() => requests).toContain('POST RefreshSession')
    letThrough()
    await welcomeHeading(page).waitFor()
  })
})

/** The module's own address: a file of `assets/` once it is built. */
const here = new URL(import.meta.url)

/** The path below which the server is, without a slash at its end: what it was told as BASE_PATH, known by where this file comes from. */
export const basePath = here.protocol.startsWith('http') ? new URL('..', here).pathname.replace(/\/$/, '') : ''

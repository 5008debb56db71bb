import { hash, verify, type Options } from '@node-rs/argon2'

/** OWASP's first recommendation for argon2id, which is the library's default algorithm: 19 MiB, two passes, one lane. */
const cost: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** In PHC string format, with a salt of its own. */
export const hashPassword = (password: string): Promise<string> => hash(password, cost)

/** Takes its cost from the hash. */
export const isPassword = (passwordHash: string, password: string): Promise<boolean> => verify(passwordHash, password)

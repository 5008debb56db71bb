/** What to do about a connection that was not made, by what it failed of. */
const advices: readonly (readonly [RegExp, string])[] = [
  [
    /SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|self-signed|unable to verify/,
    'Nobody who is trusted here has signed its certificate: name the file of who has, as in ?sslmode=verify-full&sslrootcert=/path/ca.crt',
  ],
  [
    /ALTNAME_INVALID|does not match certificate/,
    'Its certificate is for other names: use one of those in DATABASE_URL, or sslmode=verify-ca.',
  ],
  [/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/, 'Renew the certificate of the database.'],
  [/PEM|asn1|ERR_OSSL/i, 'sslrootcert, sslcert and sslkey take files in PEM form.'],
  [/does not support SSL/, 'Switch TLS on there, or take sslmode out of DATABASE_URL.'],
  [
    /no encryption|SSL off|requires SSL/i,
    'It takes encrypted connections alone: add ?sslmode=verify-full to DATABASE_URL.',
  ],
  [/client certificate/i, 'It wants a certificate of its clients: add sslcert and sslkey to DATABASE_URL.'],
  [
    /too many (connections|clients)|remaining connection slots|no more connections allowed/i,
    'Let it take more, or set DATABASE_CONNECTIONS lower at each of its servers.',
  ],
  [
    /unsupported startup parameter/,
    'What stands before it does not know this: for PgBouncer, set ignore_startup_parameters, or take it out of DATABASE_URL.',
  ],
  [/password|authentication|28P01|pg_hba/i, "Check DATABASE_URL's user and password, and pg_hba.conf."],
]

export function adviceFor(error: unknown, reason: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const found = advices.find(([pattern]) => pattern.test(`${code} ${reason}`))
  return found?.[1] ?? 'Check DATABASE_URL and that PostgreSQL is running.'
}

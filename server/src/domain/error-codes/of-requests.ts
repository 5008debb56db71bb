import { codes } from './entry.ts'

/** Of requests, whatever they are about. */
export const ofRequests = codes({
  ANSWER_TOO_LARGE: [
    'The answer would have too many characters.',
    'Ask for fewer entries, or for numbers by `decimal`.',
  ],
  BAD_REQUEST: ['The request is not as the protocol or the route wants it.', 'The message says what is wrong.', 400],
  FORBIDDEN: [
    'This user or token may not do it. `missingScope` tells what a personal token lacks.',
    'Use a token that may, or ask an admin.',
    403,
  ],
  GRAPHQL_PARSE_FAILED: ['The document is no GraphQL.', 'The message and `locations` say where.'],
  GRAPHQL_VALIDATION_FAILED: ['The document does not fit the schema.', 'The message and `locations` say where.'],
  INTERNAL_SERVER_ERROR: ['A fault of the server.', 'Its log tells more under the id of the message.', 500],
  INVALID_INPUT: [
    'An argument, a variable or a field of an input is out of its range or form.',
    'The message or `fields` tells which, and what is allowed.',
    422,
  ],
  LENGTH_REQUIRED: ['A body that is not JSON does not tell its length.', 'Send JSON, or `Content-Length`.'],
  METHOD_NOT_ALLOWED: ['The address is there, and not for this method.', 'Use one of `Allow`.', 405],
  NOT_FOUND: ['There is no such thing, or it is not yours.', 'Check the id, and whose token it is.', 404],
  NO_SUCH_ADDRESS: ['REST has nothing at this address.', 'See `/api/v1/openapi.json`.', 404],
  OPERATION_RESOLUTION_FAILURE: ['The document has several operations, or none of this name.', 'Send `operationName`.'],
  PERSISTED_QUERY_MISMATCH: ['The hash is not the one of the document.', 'Mend the client.'],
  PERSISTED_QUERY_NOT_FOUND: [
    'The server does not have the document of this hash.',
    'Send it along, as clients do by themselves.',
  ],
  PERSISTED_QUERY_NOT_SUPPORTED: ['The document is asked for by something else than a SHA-256.', 'Send the document.'],
  QUERY_TOO_EXPENSIVE: [
    'The operation costs more than one may.',
    'Ask for fewer entries or fields, or in two requests.',
  ],
  QUERY_TOO_LARGE: ['The document is too long, too deep or has too many names.', 'Split it.'],
  RATE_LIMITED: [
    'Too many tries, or more than one client’s share of the server’s time.',
    'Come back after `retryAfterSeconds`.',
    429,
  ],
  REQUEST_ENTITY_TOO_LARGE: ['The body is longer than it may be.', 'Send less at once.', 413],
  REQUEST_TOO_COMPLEX: ['The JSON of the body has too many values or levels.', 'Send less at once.', 400],
  SERVICE_UNAVAILABLE: [
    'The database does not answer, or stores nothing.',
    'Send it again after `retryAfterSeconds`: with the same `requestId` it counts once.',
    503,
  ],
  SUBSCRIPTION_OVER_HTTP: ['A subscription came by plain HTTP.', 'Use a WebSocket, or `Accept: text/event-stream`.'],
  TOO_MANY_OPERATIONS: [
    'The expression has more operations than one may; or more run at once on a socket than may.',
    'Split the expression; complete an operation first.',
    422,
  ],
  UNAUTHENTICATED: [
    'Nobody is signed in, or the token is wrong, expired or revoked.',
    'Sign in, or renew the token.',
    401,
  ],
  UNSUPPORTED_MEDIA_TYPE: [
    'The body is of a type that the route does not read.',
    'Send JSON, with its `Content-Type`.',
    415,
  ],
  WEBSOCKET_REQUIRED: ['An agent’s session came by HTTP.', 'Open it over a WebSocket.'],
})

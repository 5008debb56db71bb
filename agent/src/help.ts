export const help = `Usage: reckon-agent [options]

Computes operations for a Reckon server, several at once, until it is stopped.

Options                     Environment                   Default
  --server <url>            RECKON_SERVER                 ws://localhost:4000/graphql
  --token-file <path>       RECKON_AGENT_TOKEN_FILE
  --token <token>           RECKON_AGENT_TOKEN
  --name <name>             RECKON_AGENT_NAME             the name of this host
  --slots <1-1024>          RECKON_AGENT_SLOTS            4
  --stop-timeout <seconds>  RECKON_AGENT_STOP_TIMEOUT     10
  --log-level <level>       LOG_LEVEL                     info
  --help, --version

The token is made by an admin of the server. Other users of this machine can see
the arguments of a program: give the token by the environment or by a file.
With OTEL_EXPORTER_OTLP_ENDPOINT it tells a collector of traces what it computes, where the
server does.

An option goes before its variable. http:// and https:// addresses work too.

SIGTERM, SIGINT or SIGHUP: finishes what runs, within the stop timeout, returns the results
and leaves; what has not begun goes back to the server. A second signal ends it at once.

Exit codes: 0 stopped or drained, 2 bad options, 3 token refused or revoked,
4 another agent has taken this name, 5 set aside, 6 another version of the protocol.

Of two agents under one name, with one token, the first stays and the other waits until it is gone.
`

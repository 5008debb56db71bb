/** The system as somebody meets it who has just installed it, beside the one that is measured otherwise. */
export interface StartUp {
  /** Starts it on an empty folder of its own. Resolves when it says that it is ready. */
  start(): Promise<FreshStart>
}

export interface FreshStart {
  /** Of its page. */
  readonly address: string
  /** Of the database that it has brought: what fills it past the API saves minutes. */
  readonly databaseUrl: string
  stop(): Promise<void>
}

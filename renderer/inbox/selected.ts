/** The notification that the reading pane shows. */
export interface Selected {
  /** Id of the account. */
  readonly account: string
  /** Id of its notification. */
  readonly notification: number
}

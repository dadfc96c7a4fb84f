import type { CommandName } from '../../common/contract/commands.ts'
import type { ActivateNotification } from '../ports/notification-port.ts'

/** The engine, as far as a click needs it. */
export interface CommandTarget {
  readonly execute: (name: CommandName, input: unknown) => Promise<unknown>
}

/** What opening an account's page needs. */
export interface OpenAccountOptions {
  readonly openLink: (url: string) => void
  readonly engine: CommandTarget
}

/** Opens a page of an account. */
export type OpenAccount = (account: string, url: string) => void

/** Makes the function that opens an account's page and reports it, so that its counts are asked for again. */
export const createOpenAccount =
  ({ openLink, engine }: OpenAccountOptions): OpenAccount =>
  (account, url) => {
    openLink(url)
    void engine.execute('account.opened', { account })
  }

/** What acting on a notification needs. */
export interface ActivateOptions {
  readonly engine: CommandTarget
  readonly openAccount: OpenAccount
  /** Shows the program's own window or page. */
  readonly openApp: () => void
}

/**
 * Makes the function that handles clicks for a shell: it opens the notification's target, or the program itself, or
 * runs a button's command.
 */
export const createNotificationActivation =
  ({ engine, openAccount, openApp }: ActivateOptions): ActivateNotification =>
  ({ target, actions }, id) => {
    if (id !== undefined) {
      const command = actions.find((action) => action.id === id)?.command
      if (command !== undefined) void engine.execute(command.name, command.input)
      return
    }
    if (target === undefined) openApp()
    else openAccount(target.account, target.url)
  }

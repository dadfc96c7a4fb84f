import { homedir } from 'node:os'
import * as path from 'node:path'
import { createUrlHandler, type UrlHandler } from '../../engine/linux/url-handler/url-handler.ts'
import { ownCommand } from '../own-command.ts'

/**
 * This shell as the receiver of `discourse:` addresses for a profile; undefined on systems other than Linux, where it
 * cannot be one.
 */
export const urlReceiver = (profile: string): UrlHandler | undefined =>
  process.platform === 'linux'
    ? createUrlHandler({
        environment: process.env,
        home: homedir(),
        entry: 'discourse-notifier-url.desktop',
        command: receiver(profile),
      })
    : undefined

/** The command that receives an address for this profile. */
const receiver = (profile: string): readonly string[] => [
  ...ownCommand(),
  'accept',
  '--start',
  '--profile',
  path.resolve(profile),
]

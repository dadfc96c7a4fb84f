/** How the command line ends, for scripts. */
export const exitStatus = {
  ok: 0,
  failed: 1,
  usage: 2,
  notRunning: 3,
  /** The command did what it was asked, and some accounts can do nothing more without their user. */
  needsAttention: 4,
} as const

/** The same in words, for help and documents. */
export const exitStatusTexts: readonly (readonly [status: number, text: string])[] = [
  [exitStatus.ok, 'success'],
  [exitStatus.failed, 'the command failed'],
  [exitStatus.usage, 'the command line is wrong'],
  [exitStatus.notRunning, 'the notifier is not running'],
  [exitStatus.needsAttention, 'success, but some accounts need attention (`status`, `refresh`)'],
]

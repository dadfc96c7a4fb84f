// A file of its own: pages show these choices at first sight, and read no command.

/** Until when a notification can be snoozed: three hours from now, tomorrow morning, next Monday morning. */
export const snoozeChoices = ['later', 'tomorrow', 'nextWeek'] as const

export type SnoozeChoice = (typeof snoozeChoices)[number]

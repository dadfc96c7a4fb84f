// A file of its own, because the first view needs these choices and not the schemas of commands.

/** Until when a notification can be snoozed: three hours from now, tomorrow morning, next Monday morning. */
export const snoozeChoices = ['later', 'tomorrow', 'nextWeek'] as const

export type SnoozeChoice = (typeof snoozeChoices)[number]

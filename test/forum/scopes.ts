interface ScopeRule {
  readonly words: string
  readonly permits: readonly { readonly methods: readonly string[]; readonly action?: string }[]
}

/** protocol.md 3. HEAD is in no list, so a keyed HEAD is refused. */
const scopeRules: Readonly<Record<string, ScopeRule>> = {
  read: { words: 'Read everything you can read', permits: [{ methods: ['GET'] }] },
  write: {
    words: 'Write anything on your behalf',
    permits: [{ methods: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] }],
  },
  message_bus: { words: 'Receive live updates', permits: [{ methods: ['POST'], action: 'message_bus#poll' }] },
  notifications: {
    words: 'Read and clear notifications',
    permits: [
      { methods: ['POST'], action: 'message_bus#poll' },
      { methods: ['GET'], action: 'notifications#index' },
      { methods: ['GET'], action: 'notifications#totals' },
      { methods: ['PUT'], action: 'notifications#mark_read' },
    ],
  },
  session_info: {
    words: 'Read user session info',
    permits: [
      { methods: ['GET'], action: 'session#current' },
      { methods: ['GET'], action: 'users#topic_tracking_state' },
    ],
  },
  push: { words: 'Send notifications to another service', permits: [] },
  one_time_password: { words: 'Create a one-time sign-in link', permits: [] },
  bookmarks_calendar: {
    words: 'Read your bookmark reminders as a calendar',
    permits: [{ methods: ['GET'], action: 'users#bookmarks' }],
  },
}

/** Whether any of `scopes` lets a key do this; matching is by controller and action, not by path (protocol.md 3). */
export function scopesPermit(scopes: readonly string[], method: string, action: string): boolean {
  return scopes.some((scope) =>
    (scopeRules[scope]?.permits ?? []).some(
      (rule) => rule.methods.includes(method) && (rule.action === undefined || rule.action === action),
    ),
  )
}

/** The scope as the authorize page and the Apps page name it. */
export function scopeInWords(scope: string): string {
  return scopeRules[scope]?.words ?? scope
}

export function isKnownScope(scope: string): boolean {
  return scopeRules[scope] !== undefined
}

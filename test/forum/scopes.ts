interface ScopeRule {
  readonly words: string
  readonly permits: readonly { readonly methods: readonly string[]; readonly action?: string }[]
}

/** Protocol section 3. HEAD is in no list, so a keyed HEAD is refused. */
const scopeRules: Readonly<Record<string, ScopeRule>> = {
  read: { words: 'Read everything you can read', permits: [{ methods: ['GET'] }] },
  write: {
    words: 'Write anything on your behalf',
    permits: [{ methods: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] }],
  },
  message_bus: { words: 'Receive live updates', permits: [] },
  notifications: {
    words: 'Read and clear notifications',
    permits: [
      { methods: ['GET'], action: 'notifications#index' },
      { methods: ['GET'], action: 'notifications#totals' },
      { methods: ['PUT'], action: 'notifications#mark_read' },
    ],
  },
  session_info: {
    words: 'Read user session info',
    permits: [{ methods: ['GET'], action: 'session#current' }],
  },
  push: { words: 'Send notifications to another service', permits: [] },
  one_time_password: { words: 'Create a one-time sign-in link', permits: [] },
}

/** Whether any of `scopes` lets a key do this; matching is by controller and action, not by path (protocol 3). */
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

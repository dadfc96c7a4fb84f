/**
 * Every way the notifier can fail, by a stable code. The sentence for each code stands in the locale files under
 * `failure.<code>` and says what to do next; a test holds the two together.
 */
export const failureCodes = [
  // The address a user typed, and what answered there
  'address_invalid',
  'address_not_encrypted',
  'address_downgraded',
  'site_redirects',
  'address_has_https',
  'not_discourse',
  'site_too_old',
  'site_refuses_apps',
  // The network
  'dns_failed',
  'connection_refused',
  'connection_lost',
  'tls_expired',
  'tls_not_yet_valid',
  'tls_wrong_host',
  'tls_self_signed',
  'tls_untrusted',
  'tls_outdated',
  'tls_missing',
  'tls_failed',
  'timed_out',
  'offline',
  'cancelled',
  // What stands between
  'proxy_invalid',
  'proxy_unsupported',
  'proxy_failed',
  'proxy_auth',
  'proxy_refused',
  'certificate_unreadable',
  // The forum's answers
  'answer_too_large',
  'answer_unreadable',
  'account_damaged',
  'answer_malformed',
  'site_unavailable',
  'site_busy',
  'site_maintenance',
  'site_challenges',
  'firewall_refuses',
  'server_password',
  'network_login',
  'site_moved',
  'site_redirects_temporarily',
  'move_not_needed',
  'move_refused',
  'move_unanswered',
  'read_only',
  'change_not_confirmed',
  'rate_limited',
  'revocation_waits',
  'paced',
  'access_refused',
  'access_doubted',
  'key_header_stripped',
  'unexpected_answer',
  // Signing in
  'redirect_invalid',
  'payload_cut',
  'nothing_waiting',
  'payload_rejected',
  'token_not_asked',
  'too_many_tries',
  'attempt_unknown',
  'attempt_expired',
  'too_many_attempts',
  'sign_ins_waiting',
  'signed_in_as_another',
  'scope_not_allowed',
  'short_code_missing',
  // What is kept on this computer
  'keychain_unavailable',
  'keychain_refused',
  'keychain_locked',
  'keychain_damaged',
  'keychain_newer',
  'key_missing',
  'revoke_without_key',
  'keychain_keeps_secret',
  'accounts_restored',
  'keys_without_account',
  'settings_damaged',
  'settings_from_copy',
  'settings_missing',
  'settings_unreadable',
  'settings_newer',
  'settings_incomplete',
  'settings_duplicate',
  'settings_not_saved',
  'import_unreadable',
  'import_newer',
  // Notifications
  'notifications_refused',
  'notifications_unsupported',
  'notification_failed',
  // What the computer's administrator has decided
  'policy_invalid',
  'policy_ignored',
  // Newer versions of this program
  'update_available',
  'update_elsewhere',
  'update_ready',
  'update_failed',
  'update_none',
  // Finding out what is wrong
  'folder_not_opened',
  // Commands
  'account_unknown',
  'account_ambiguous',
  'notification_unknown',
  'notification_read',
  'marking_sent',
  'number_unknown',
  'topic_missing',
  'command_invalid',
  'too_many_requests',
  'not_authorised',
  'internal',
  // The headless shell and its command line
  'usage',
  'not_running',
  'already_running',
  'display_missing',
  'port_taken',
  'profile_unusable',
  'handler_not_supported',
  'handler_failed',
  'service_not_supported',
  'service_failed',
  // Starting at login
  'login_start_failed',
  'login_start_refused',
  // The desktop around the desktop app
  'tray_missing',
  'tray_needs_extension',
  'shortcut_refused',
  'shortcut_on_wayland',
  'window_crashing',
  'graphics_failing',
] as const

export type FailureCode = (typeof failureCodes)[number]

/** What went wrong, as data: the code is for programs, the parameters fill the sentence for people. Never a secret. */
export interface Failure {
  readonly code: FailureCode
  readonly params?: Readonly<Record<string, string | number>>
}

/** Either a value or a failure; functions that can fail for reasons outside the program return this, not exceptions. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

export const fail = (
  code: FailureCode,
  params?: Failure['params'],
): { readonly ok: false; readonly failure: Failure } => ({
  ok: false,
  failure: params === undefined ? { code } : { code, params },
})

import type { FailureCode } from './failure.ts'

/**
 * What this program can do about a failure with one click:
 * - `tryAgain` repeats the same: the failure may have been temporary
 * - `openSite` opens the forum in the browser, which can log in, or pass a check, where this program cannot
 * - `useAddress`, `useHttps` go on with the address that the failure names; `allowPlain` with this one, without
 * encryption;
 *   `useHttp` with its http:// address, about which the user is asked then
 * - `network` shows the settings of proxy and certificates
 * - `keychain` asks the keychain again, or goes without it
 * - `signIn` begins a sign-in at the same forum; `move` moves the account to the new address
 * - `pending` shows the sign-ins that wait
 */
export type Remedy =
  | 'tryAgain'
  | 'openSite'
  | 'useAddress'
  | 'useHttps'
  | 'useHttp'
  | 'allowPlain'
  | 'network'
  | 'keychain'
  | 'signIn'
  | 'move'
  | 'pending'

const again = ['tryAgain'] as const
const browser = ['openSite', 'tryAgain'] as const
const network = ['network', 'tryAgain'] as const
const keychain = ['keychain'] as const
/** Only the user can do something about it, or nobody has to; or it is always shown beside a control for it. */
const none = [] as const

/** What helps against each failure, best first. The failure's sentence says the same. */
export const remedies: Readonly<Record<FailureCode, readonly Remedy[]>> = {
  // The same address would come to the same; another one is typed into the field.
  address_invalid: none,
  address_not_encrypted: ['allowPlain'],
  address_downgraded: none,
  site_redirects: ['useAddress'],
  address_has_https: ['useHttps'],
  not_discourse: none,
  site_too_old: none,
  site_refuses_apps: none,
  dns_failed: again,
  connection_refused: again,
  connection_lost: again,
  tls_expired: again,
  tls_not_yet_valid: again,
  tls_wrong_host: none,
  tls_self_signed: network,
  tls_untrusted: network,
  tls_outdated: none,
  tls_missing: ['useHttp'],
  tls_failed: again,
  timed_out: again,
  offline: again,
  cancelled: again,
  proxy_invalid: network,
  proxy_unsupported: network,
  proxy_failed: network,
  proxy_auth: network,
  proxy_refused: network,
  certificate_unreadable: network,
  answer_too_large: again,
  answer_unreadable: again,
  account_damaged: again,
  answer_malformed: again,
  site_unavailable: again,
  site_busy: again,
  site_maintenance: again,
  site_challenges: browser,
  firewall_refuses: browser,
  server_password: again,
  network_login: browser,
  site_moved: ['move'],
  site_redirects_temporarily: ['move'],
  move_not_needed: none,
  move_refused: none,
  move_unanswered: again,
  read_only: again,
  change_not_confirmed: browser,
  rate_limited: again,
  revocation_waits: again,
  paced: again,
  access_refused: ['signIn'],
  access_doubted: again,
  key_header_stripped: again,
  unexpected_answer: again,
  redirect_invalid: none,
  payload_cut: none,
  nothing_waiting: none,
  payload_rejected: none,
  token_not_asked: none,
  too_many_tries: again,
  attempt_unknown: again,
  attempt_expired: again,
  too_many_attempts: ['pending'],
  sign_ins_waiting: ['pending'],
  signed_in_as_another: none,
  scope_not_allowed: none,
  short_code_missing: none,
  keychain_unavailable: keychain,
  keychain_refused: keychain,
  keychain_locked: keychain,
  keychain_damaged: keychain,
  keychain_newer: keychain,
  key_missing: ['signIn'],
  revoke_without_key: ['signIn'],
  keychain_keeps_secret: none,
  accounts_restored: none,
  keys_without_account: none,
  settings_damaged: none,
  settings_from_copy: none,
  settings_missing: none,
  settings_unreadable: none,
  settings_newer: none,
  settings_incomplete: none,
  settings_duplicate: none,
  settings_not_saved: again,
  import_unreadable: none,
  import_newer: none,
  notifications_refused: none,
  notifications_unsupported: none,
  notification_failed: again,
  policy_invalid: none,
  policy_ignored: none,
  update_available: none,
  update_elsewhere: none,
  update_ready: none,
  update_failed: again,
  update_none: none,
  folder_not_opened: none,
  account_unknown: none,
  account_ambiguous: none,
  notification_read: none,
  marking_sent: none,
  notification_unknown: none,
  number_unknown: none,
  topic_missing: none,
  service_not_supported: none,
  service_failed: again,
  command_invalid: again,
  too_many_requests: again,
  not_authorised: again,
  internal: again,
  usage: none,
  not_running: again,
  already_running: none,
  display_missing: none,
  port_taken: none,
  profile_unusable: none,
  handler_not_supported: none,
  handler_failed: again,
  login_start_failed: none,
  login_start_refused: none,
  tray_missing: none,
  tray_needs_extension: none,
  // The field for another one says it.
  shortcut_refused: none,
  shortcut_on_wayland: none,
  window_crashing: none,
  graphics_failing: none,
}

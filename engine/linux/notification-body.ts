/** D-Bus ends a connection that sends this character. */
export const withoutNul = (text: string): string => text.replaceAll('\0', '')

/**
 * A notification's body as its desktop is to get it. A server with the capability `body-markup` renders HTML-like markup
 * in it (Desktop Notifications Specification 1.3, “Markup”): a topic's title could then bring links that open at a click,
 * past our own check, and `5 < 6` would end the text.
 * @param capabilities what the server says it can do; undefined where it cannot be asked, which is treated as markup: most
 *   servers render it, and an `&lt;` to be read is the smaller harm
 */
export const notificationBody = (body: string, capabilities: readonly string[] | undefined): string => {
  const text = withoutNul(body)
  return (capabilities?.includes('body-markup') ?? true) ? escapeMarkup(text) : text
}

const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

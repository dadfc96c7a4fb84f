/**
 * Reads server-sent events from a response's body and gives the data of each one. Only what the headless shell sends
 * is read: `data:` lines, comments and blank lines (HTML standard, 9.2.6); names and ids of events are passed over.
 * @param signal ends the reading, also in the middle of a wait
 * @param onBytes called for every piece that arrives, comments included: a sign of life
 */
export async function* readEventStream(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  onBytes: () => void,
): AsyncGenerator<string, void, undefined> {
  const reader = body.getReader()
  // A stream that is broken already has nothing left to end.
  const end = () => reader.cancel().catch(() => undefined)
  signal.addEventListener('abort', end, { once: true })
  const decoder = new TextDecoder()
  let rest = ''
  let data: string[] = []
  try {
    while (!signal.aborted) {
      const piece = await reader.read()
      if (piece.done) return
      onBytes()
      // Only what is new is searched: a whole snapshot is one line of many pieces.
      const lines = decoder.decode(piece.value, { stream: true }).split('\n')
      lines[0] = rest + (lines[0] ?? '')
      rest = lines.pop() ?? ''
      for (const raw of lines) {
        const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
        if (line.startsWith('data:')) data.push(line.slice(line.startsWith('data: ') ? 6 : 5))
        if (line !== '' || data.length === 0) continue
        yield data.join('\n')
        data = []
      }
    }
  } finally {
    signal.removeEventListener('abort', end)
    await end()
  }
}

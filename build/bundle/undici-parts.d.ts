// The files of undici that build/bundle/lean-undici.ts takes; its own types name only the whole.
// biome-ignore-all lint/style/noDefaultExport: CommonJS files, whose whole is the default

declare module 'undici/lib/api/index.js' {
  const api: object
  export default api
}

declare module 'undici/lib/core/connect.js' {
  import { buildConnector } from 'undici'
  export default buildConnector
}

declare module 'undici/lib/dispatcher/agent.js' {
  import { Agent } from 'undici'
  export default Agent
}

declare module 'undici/lib/dispatcher/dispatcher.js' {
  import { Dispatcher } from 'undici'
  export default Dispatcher
}

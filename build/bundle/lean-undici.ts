import api from 'undici/lib/api/index.js'
import buildConnector from 'undici/lib/core/connect.js'
import Agent from 'undici/lib/dispatcher/agent.js'
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js'

// In place of `undici` in our bundles: its index loads everything that it can do, and we need connections and requests over
// them. Fetch, WebSocket, caches, mocks and its own proxies are two fifths of it.

// As its index does.
Object.assign(Dispatcher.prototype, api)

export { Agent, buildConnector }

import { answerKeychainCall } from './answer-keychain-call.ts'

// A utility process that makes one call to the keychain (call-keychain.ts) and is then killed.

process.parentPort.once('message', async ({ data }) => {
  const answer = await answerKeychainCall(data, async () => (await import('keytar')).default)
  process.parentPort.postMessage(answer)
})

import { expect, it } from 'vitest'
import { processorTime } from './processor-time.ts'
import { useProcessor } from './use-processor.ts'

it('what takes 300 ms is more than any limit, however slow the machine is', async () => {
  expect(await processorTime(() => useProcessor(300))).toBeGreaterThan(50)
})

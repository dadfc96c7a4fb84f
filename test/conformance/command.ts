import { startForum } from '../forum/start-forum.ts'
import { readCommandLine, usage } from './command-options.ts'
import { runScenarios, type Summary } from './run-scenarios.ts'
import type { Need } from './scenario.ts'
import { scenarios } from './scenarios.ts'
import type { Target } from './site.ts'
import { versions } from './version.ts'

const commandLine = readCommandLine(process.argv.slice(2))
switch (commandLine.kind) {
  case 'help':
    process.stdout.write(usage)
    break
  case 'mistake':
    process.stderr.write(`${commandLine.sentence} Try --help.\n`)
    process.exitCode = 2
    break
  case 'check':
    close([await check(commandLine.target, commandLine.declared)])
    break
  case 'check-simulated':
    close(await checkSimulated())
    break
}

async function checkSimulated(): Promise<readonly Summary[]> {
  const summaries: Summary[] = []
  for (const profile of versions) {
    const forum = await startForum({ profile, control: true })
    summaries.push(await check({ url: forum.url, profile, users: [], control: true }, []))
    await forum.stop()
  }
  return summaries
}

function check(target: Target, declared: readonly Need[]): Promise<Summary> {
  console.log(`# ${target.profile} ${target.url}`)
  return runScenarios(scenarios, target, declared, (line) => console.log(line))
}

function close(summaries: readonly Summary[]): void {
  const sum = (count: (summary: Summary) => number): number => summaries.reduce((total, one) => total + count(one), 0)
  const failed = sum((one) => one.failed)
  console.log(`conformance: ${sum((one) => one.passed)} passed, ${failed} failed, ${sum((one) => one.skipped)} skipped`)
  process.exitCode = failed === 0 ? 0 : 1
}

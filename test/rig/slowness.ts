// Limits of processor time are milliseconds of the machine on which they were set. On one of half its speed, or while
// other programs use its caches, the same code takes longer by as much as this piece of work does.

/** What `yardstick` takes there, in milliseconds: the least of many times (AMD EPYC, Node 20). */
const onThatMachine = 1.4
/** A limit is never more than this many times as long, whatever the machine says. */
const most = 4

const rows = Array.from({ length: 300 }, (_, id) => ({
  ...{ id, title: `Which compost is best ${id}?`, read: id % 2 === 0 },
  data: { ids: [id, id + 1], text: '<b>a & b</b>'.repeat(4) },
}))
const json = JSON.stringify(rows)

/** What readers of answers do most: parsing, objects, regular expressions over texts. */
const yardstick = (): void => {
  for (let times = 0; times < 4; times += 1) {
    const parsed: typeof rows = JSON.parse(json)
    JSON.stringify(parsed.map((row) => ({ ...row, title: row.title.replaceAll(/[^a-z]+/gu, '-') })))
  }
}

/** How many times as long this machine takes for anything, at the moment: 1 to 4. */
export const slowness = (): number => {
  let least = Number.POSITIVE_INFINITY
  // The first ones are not compiled yet.
  for (let round = 0; round < 20; round += 1) {
    const before = process.cpuUsage()
    yardstick()
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1000)
  }
  return Math.min(most, Math.max(1, least / onThatMachine))
}

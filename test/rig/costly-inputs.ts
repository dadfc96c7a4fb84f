const fill = (part: string, size: number): string => part.repeat(Math.floor(size / part.length))
const many = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => one(index)).join(',')

/**
 * Inputs of commands that take long to parse or to check, by what they are: JSON texts below a million characters, the
 * most that the page's server and the control socket take.
 */
export const costlyInputs: readonly (readonly [what: string, command: string, json: string])[] = [
  ['lists in lists', 'account.refresh', fill('[', 500_000) + fill(']', 499_000)],
  ['objects in objects', 'account.refresh', fill('{"a":', 999_000)],
  ['empty objects', 'account.refresh', `[${fill('{},', 999_000)}0]`],
  ['empty lists', 'account.refresh', `[${fill('[],', 999_000)}0]`],
  ['keys', 'account.refresh', `{${many(60_000, (index) => `"key${index}":1`)}}`],
  ['one text of escapes', 'account.refresh', `"${fill('\\u0041', 999_000)}"`],
  ['accounts that are numbers', 'marking.begin', `{"accounts":[${fill('0,', 39_000)}0]}`],
  ['notifications', 'marking.begin', `{"accounts":[{"account":"a","notifications":[${fill('1,', 39_000)}1]}]}`],
  [
    'settings of accounts that are numbers',
    'preferences.change',
    `{"accounts":{${many(9_900, (index) => `"k${index}":1`)}}}`,
  ],
  ['settings of nobody', 'preferences.change', `{"accounts":{${many(9_900, (index) => `"k${index}":{}`)}}}`],
  ['long ids', 'preferences.change', `{"accounts":{${many(9_900, (index) => `"${'k'.repeat(80)}${index}":{}`)}}}`],
  ['unknown settings', 'preferences.change', `{${many(9_900, (index) => `"k${index}":1`)}}`],
  ['certificates', 'preferences.change', `{"network":{"certificates":[${many(19_000, (index) => `"/${index}"`)}]}}`],
  ['counts', 'preferences.change', `{"badge":{"counts":[${many(19_000, () => '"chat"')}]}}`],
  ['counts that are numbers', 'preferences.change', `{"badge":{"counts":[${many(19_000, () => '1')}]}}`],
  [
    'ids in the overview',
    'preferences.change',
    `{"overview":{"ungrouped":[${many(19_000, (index) => `"k${index}"`)}]}}`,
  ],
  ['groups', 'preferences.change', `{"overview":{"groups":[${many(9_500, () => '{}')}]}}`],
  ['rules', 'preferences.change', `{"alerts":{"rules":[${many(9_500, () => '{}')}]}}`],
  ['hours', 'preferences.change', `{"quiet":{"hours":[${many(9_500, () => '{}')}]}}`],
  [
    'days',
    'preferences.change',
    `{"quiet":{"hours":[{"days":[${many(19_000, () => '1')}],"from":"21:00","to":"07:00"}]}}`,
  ],
  ['people', 'preferences.change', `{"quiet":{"exceptPeople":[${many(9_500, () => `"${'k'.repeat(90)}"`)}]}}`],
  [
    'a long proxy',
    'preferences.change',
    `{"network":{"proxy":{"kind":"manual","url":"http://${fill('@:', 990_000)}"}}}`,
  ],
  ['a long certificate', 'preferences.change', `{"network":{"certificates":["${fill('k', 990_000)}"]}}`],
  ['a long language', 'preferences.change', `{"appearance":{"language":"en${fill('-abc', 990_000)}!"}}`],
  ['a long shortcut', 'preferences.change', `{"general":{"shortcut":"${fill('Ctrl+', 990_000)}"}}`],
  ['a long address', 'site.inspect', `{"address":"${fill('a.', 990_000)}"}`],
  ['settings to import', 'settings.import', `{"text":"${fill('[', 499_000)}"}`],
]

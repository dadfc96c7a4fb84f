/** The most characters in a call; imported settings are the largest. */
export const longestQuestion = 1_000_000

/** The most characters in one line of a response: a snapshot of 500 accounts with 50 rows each is 10 million. */
export const longestAnswer = 100_000_000

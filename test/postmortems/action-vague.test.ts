/** Which titles of action items are met with a question, and which are left alone. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { vagueAction } from '#app/postmortems/vague-action.ts'

describe('A title of which nobody could tell that it is done', () => {
  test.each([
    ['Improve monitoring', 'Improve monitoring'],
    ['We should improve our alerting for checkout', 'improve our alerting'],
    ['Add more logging', 'Add more logging'],
    ['Better dashboards', 'Better dashboards'],
    ['Update the documentation', 'Update the documentation'],
    ['Improve the runbook', 'Improve the runbook'],
    ['Increase test coverage', 'Increase test coverage'],
    ['Write more tests', 'Write more tests'],
    ['Improve communication between teams', 'Improve communication'],
    ['Increase database resilience', 'Increase database resilience'],
    ['Investigate the memory growth', 'Investigate'],
    ['Look into connection pooling', 'Look into'],
    ['Consider a circuit breaker', 'Consider'],
    ['Be more careful with feature flags', 'Be more careful'],
    ['Make sure this does not happen again', 'Make sure this does not happen again'],
    ['Train all engineers', 'Train all engineers'],
    ['Fix it.', 'Fix it.'],
    ['Refactor the importer', 'Refactor the importer'],
  ])('%s', (title, words) => {
    const found = vagueAction(title)
    expect(found?.words).toBe(words)
    expect(found?.question).toMatch(/[?.]$/)
  })
})

describe('A title that says what will be true is left alone', () => {
  test.each([
    'The gateway gives up on a partner after 2 seconds',
    'An alert pages the on-call when replication is 30 s behind',
    'Improve monitoring so that a stuck consumer pages the owner within 5 minutes',
    'Runbook names the command that drains a node',
    'Deploys stop when the error budget is spent',
    'Certificates are renewed 30 days before they end',
    'Reject a plan that destroys more than three resources',
    'Add a test that fails without the retry limit',
    'Alert on `pg_stat_activity` above 80 connections',
    'Review the access list on every release',
  ])('%s', title => {
    expect(vagueAction(title)).toBeNull()
  })
})

test('any text is answered, and a question quotes words of the title', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), title => {
      const found = vagueAction(title)
      expect(found === null || title.includes(found.words)).toBe(true)
    }),
  )
  fc.assert(
    fc.property(fc.constantFrom('improve ', 'add more ', 'the '), fc.integer({ min: 1, max: 3_000 }), (word, times) => {
      vagueAction(word.repeat(times))
    }),
    { numRuns: 50 },
  )
})

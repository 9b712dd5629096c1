/** What a forum might discuss: what weighs how much, and where the reasons come from. */
import { describe, expect, it } from 'vitest'
import { type Candidate, isRising, rankProposals } from '#app/forums/proposals.ts'
import { proposeItems } from '#app/forums/propose-items.server.ts'
import { importAnything } from '#app/home/import-anything.server.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import { createActionItem } from '#app/postmortems/create-action-item.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { as, movableClock, organisation } from './planned.ts'

function candidate(key: string, more: Partial<Candidate>): Candidate {
  return {
    key,
    title: key,
    severity: null,
    at: '2026-11-01T10:00:00.000Z',
    repeatDays: null,
    family: null,
    risingThemes: [],
    overdueActions: 0,
    asked: [],
    ...more,
  }
}

describe('Proposals for an agenda', () => {
  it('are ranked by what speaks for them; without a reason there is none', () => {
    const ask = { by: 'Dua', why: 'It waits here too' }
    const ranked = rankProposals(
      [
        candidate('quiet', { severity: 'SEV-3' }),
        candidate('overdue', { overdueActions: 9 }),
        candidate('rising', { risingThemes: ['Expiry'] }),
        candidate('serious', { severity: 'SEV-2', at: '2026-11-02T10:00:00.000Z' }),
        candidate('earlier', { severity: 'SEV-2' }),
        candidate('asked', { asked: [ask, ask, ask, ask] }),
        candidate('back', { repeatDays: 1, family: 'Pool' }),
      ],
      10,
    )
    expect(ranked.map(({ key, score, reasons }) => [key, score, reasons[0]])).toEqual([
      ['asked', 12, 'Dua asks for it: It waits here too'],
      ['back', 4, 'Pool came back a day after the last time'],
      ['serious', 3, 'A recent SEV-2 that no forum has discussed'],
      ['overdue', 3, '9 action items are overdue'],
      ['earlier', 3, 'A recent SEV-2 that no forum has discussed'],
      ['rising', 2, 'Expiry: on the rise'],
    ])
    expect([isRising(3, 2), isRising(3, 3), isRising(2, 0)]).toEqual([true, false, false])
  })
})

onBothDatabases('proposals', database => {
  it('come from themes on the rise and from action items that are overdue', async () => {
    const clock = movableClock()
    const db = await organisation(database, clock)
    const files = {
      incidents: `key,title,severity,started_at,resolved_at
INC-6,One more,SEV-4,2026-11-08T10:00:00Z,2026-11-08T12:00:00Z
INC-7,And another,SEV-4,2026-11-09T10:00:00Z,2026-11-09T12:00:00Z
`,
      postmortems: `incident,title,status,published_at,themes,body
INC-6,Why one more,published,2026-11-10T10:00:00Z,change,A deploy did.
INC-7,Why another,published,2026-11-11T10:00:00Z,change,A deploy did again.
`,
    }
    for (const [kind, text] of Object.entries(files))
      await importAnything({ db, clock, actor: terminalActor() }, kind as keyof typeof files, [
        { name: `${kind}.csv`, bytes: Buffer.from(text) },
      ])
    const context = { db, clock, actor: await as(db, 'ada', 'facilitator') }
    await createActionItem(context, {
      title: 'Print labels twice',
      kind: null,
      owner: 'cem@x.test',
      dueOn: '2026-11-30',
      incident: 'INC-4',
      postmortem: null,
    })
    const reasons = async () =>
      Object.fromEntries((await proposeItems(context)).map(proposal => [proposal.key, proposal.reasons]))
    expect(Object.keys(await reasons())).not.toContain('INC-4')
    clock.set('2026-12-01T10:00:00Z')
    expect(await reasons()).toMatchObject({
      'INC-4': ['One action item is overdue'],
      'INC-6': [expect.stringMatching(/: on the rise$/)],
      'INC-7': [expect.stringMatching(/: on the rise$/)],
    })
  })
})

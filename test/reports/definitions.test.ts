import { beforeAll, describe, expect, it } from 'vitest'
import { isDay } from '#app/measure/period.ts'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import { DEFINITIONS, definitionAddress, definitionOf, versionsOf } from '#app/reports/definitions.ts'
import { readFigures } from '#app/reports/figures.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { administrator, clock } from './house.ts'

const ids = DEFINITIONS.map(definition => definition.id)

describe('definitions', () => {
  it('have an id and an anchor each', () => {
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(ids.map(definitionAddress)).size).toBe(ids.length)
    for (const id of ids) expect(definitionAddress(id)).toMatch(/^\/definitions#[a-z]+\.[A-Za-z0-9]+$/)
  })

  it('have a name of at most four words and say what is counted in sentences', () => {
    for (const { id, name, formula, unknown } of DEFINITIONS) {
      expect([id, name.split(' ').length <= 4]).toEqual([id, true])
      for (const text of [formula, unknown ?? 'None.']) expect(text, id).toMatch(/^[A-Z].*\.$/s)
    }
  })

  it('name both endpoints of every duration', () => {
    for (const { id, kind, endpoints } of DEFINITIONS)
      if (kind === 'duration') expect([id, endpoints !== null]).toEqual([id, true])
  })

  it('keep their history, the newest last', () => {
    for (const { id, version, since, history } of DEFINITIONS) {
      expect([id, history.map(one => one.number)]).toEqual([id, history.map((_, i) => i + 1)])
      expect([id, history.at(-1)]).toEqual([id, expect.objectContaining({ number: version, since })])
      expect(history.every(one => isDay(one.since))).toBe(true)
      expect(history.map(one => one.since)).toEqual(history.map(one => one.since).sort())
    }
  })

  it('are found for every question of a survey, and for nothing that is no figure', () => {
    expect(definitionOf('survey.learn-3')?.id).toBe('survey.<item>')
    expect(definitionAddress('survey.learn-3')).toBe('/definitions#survey.item')
    expect(definitionOf('survey.responseRate')?.id).toBe('survey.responseRate')
    expect(definitionOf('incidents.sev5')).toBeNull()
    expect(versionsOf(['incidents.count', 'survey.learn-3', 'nothing'])).toEqual({
      'incidents.count': 1,
      'survey.learn-3': 1,
    })
  })
})

onBothDatabases('definitions', database => {
  let produced: string[]
  beforeAll(async () => {
    const db = await database.fresh()
    await prepareDatabase({ db, clock })
    const { figures } = await readFigures({ db, clock, actor: administrator }, { from: '2026-07-01', to: '2026-10-01' })
    produced = Object.keys(figures)
  })

  it('are there for every figure that is counted', () => {
    expect(produced.filter(id => definitionOf(id) === null)).toEqual([])
  })

  it('are there for no figure that is not', () => {
    const fromData = ['survey.responseRate', 'survey.<item>']
    const fromTraffic = ['incidents.perMillionRequests', 'incidents.perMillionRequestsRatio']
    expect(ids.filter(id => !produced.includes(id)).sort()).toEqual([...fromData, ...fromTraffic].sort())
  })
})

import { beforeAll, expect, it } from 'vitest'
import { plantThemes } from '#app/themes/plant-themes.server.ts'
import { saveTheme, type ThemeInput } from '#app/themes/save-theme.server.ts'
import { findTheme, listThemes, themesBySlug } from '#app/themes/themes.server.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { actor, clock } from './house.ts'

const input = (given: Partial<ThemeInput> = {}): ThemeInput => ({
  name: 'Clock skew',
  definition: 'Two machines disagreed about what time it was.',
  synonyms: [],
  parent: null,
  ...given,
})

onBothDatabases('the list of themes', database => {
  let db: Db
  const save = (slug: string | null, given?: Partial<ThemeInput>) =>
    saveTheme({ db, clock, actor: actor() }, { slug, ...input(given) })

  beforeAll(async () => {
    db = await database.fresh()
  })

  it('is planted once, with parents, by one of two instances that start together', async () => {
    const planted = await Promise.all([plantThemes({ db, clock }), plantThemes({ db, clock })])
    expect(planted.filter(count => count > 0)).toHaveLength(1)
    expect(await plantThemes({ db, clock })).toBe(0)
    const themes = await listThemes(db)
    expect(themes.length).toBeGreaterThanOrEqual(30)
    const leak = themes.find(theme => theme.slug === 'resource-leak')
    expect(themes.find(theme => theme.id === leak?.parentId)?.slug).toBe('capacity')
    expect(leak?.synonyms).toContain('out of memory')
    expect(themes.map(theme => theme.name)).toEqual(
      themes.map(theme => theme.name).sort(new Intl.Collator('en-GB').compare),
    )
  })

  it('takes a new theme, with synonyms in lower case and each once', async () => {
    const theme = await save(null, { synonyms: ['  NTP   drift ', 'ntp drift', '', 'Clock Skew'], parent: 'data' })
    expect(theme).toMatchObject({ slug: 'clock-skew', synonyms: ['ntp drift', 'clock skew'] })
    expect(await findTheme(db, 'clock-skew')).toMatchObject({
      theme: { name: 'Clock skew', definition: input().definition },
    })
  })

  it('keeps the slug unless the name changes, and then leads the old address on', async () => {
    expect((await save('clock-skew', { definition: 'Two machines disagreed about the hour.' })).slug).toBe('clock-skew')
    expect((await save('clock-skew', { name: 'Time skew' })).slug).toBe('time-skew')
    expect(await findTheme(db, 'clock-skew')).toEqual({ redirectTo: 'time-skew' })
    expect((await save('time-skew', { name: 'Skew' })).slug).toBe('skew')
    expect(await findTheme(db, 'clock-skew')).toEqual({ redirectTo: 'skew' })
    expect(await findTheme(db, 'time-skew')).toEqual({ redirectTo: 'skew' })
    expect((await themesBySlug(db, ['clock-skew', 'skew', 'nobody', '\0'])).size).toBe(2)
  })

  it('gives a former slug back to the theme that had it, and to no other', async () => {
    expect((await save(null, { name: 'Clock skew', definition: 'Another one.' })).slug).toBe('clock-skew-2')
    await save('clock-skew-2', { name: 'Unrelated', definition: 'Another one.' })
    expect((await save('skew', { name: 'Clock skew' })).slug).toBe('clock-skew')
    expect(await findTheme(db, 'skew')).toEqual({ redirectTo: 'clock-skew' })
    expect(await findTheme(db, 'clock-skew')).toHaveProperty('theme')
  })

  it('refuses a word of another theme and names that theme', async () => {
    await expect(save(null, { name: 'Poison', synonyms: ['OOM', 'backfill'] })).rejects.toMatchObject({
      status: 400,
      errors: [
        {
          path: 'synonyms',
          message: '“oom” is a synonym of Resource leak already. “backfill” is a synonym of Schema migration already.',
        },
      ],
    })
    await expect(save(null, { name: 'resource  LEAK' })).rejects.toMatchObject({
      errors: [{ path: 'name', message: '“resource LEAK” is the name of another theme already.' }],
    })
    await expect(save(null, { name: 'Out of memory' })).rejects.toThrow('One field')
  })

  it('refuses circles and a third level', async () => {
    const parentError = async (slug: string | null, parent: string, name = 'Third level') => {
      const theme = slug === null ? null : (await themesBySlug(db, [slug])).get(slug)
      const rest = theme ? { name: theme.name, definition: theme.definition, synonyms: theme.synonyms } : { name }
      return save(slug, { ...rest, parent }).then(
        () => 'saved',
        error => error.errors[0].message,
      )
    }
    expect(await parentError('capacity', 'capacity')).toContain('its own parent')
    expect(await parentError('capacity', 'resource-leak')).toContain('has sub-themes')
    expect(await parentError('capacity', 'data')).toContain('has sub-themes')
    expect(await parentError(null, 'resource-leak')).toContain('has a parent itself')
    expect(await parentError(null, 'nowhere')).toContain('not in the list any more')
    expect(await parentError('resource-leak', 'data')).toBe('saved')
  })

  it('asks for one sentence, without characters that cannot be shown', async () => {
    await expect(save(null, { name: 'A', definition: '' })).rejects.toMatchObject({ errors: [{ path: 'definition' }] })
    await expect(save(null, { name: 'A', definition: 'One thing. Then another.' })).rejects.toMatchObject({
      errors: [{ path: 'definition' }],
    })
    await expect(save(null, { name: 'A\0' })).rejects.toMatchObject({ errors: [{ path: 'name' }] })
    await expect(save(null, { name: '\ud800x' })).rejects.toMatchObject({ errors: [{ path: 'name' }] })
    await expect(save(null, { name: 'A', synonyms: ['\u0007'] })).rejects.toMatchObject({
      errors: [{ path: 'synonyms.0' }],
    })
    await expect(save(null, { name: '!?' })).rejects.toMatchObject({ errors: [{ path: 'name' }] })
    await expect(save('no-such', {})).rejects.toMatchObject({ status: 404 })
  })

  it('never takes the address of the form for a new theme', async () => {
    expect((await save(null, { name: 'New', definition: 'Something new.' })).slug).toBe('new-2')
  })

  it('writes what changed into the audit trail, and nothing when nothing did', async () => {
    const entries = () => db.selectFrom('audit_entries').selectAll().where('subject', '=', 'Unrelated').execute()
    const before = (await entries()).length
    const given = { name: 'Unrelated', definition: 'Another one.' }
    await save('unrelated', given)
    expect(await entries()).toHaveLength(before)
    await save('unrelated', { ...given, synonyms: ['odd one out'] })
    const last = (await entries()).at(-1)
    expect(last).toMatchObject({ act: 'theme.changed', actor_name: 'Ada Okafor' })
    expect(JSON.parse(last?.after ?? '')).toEqual({ synonyms: ['odd one out'] })
  })

  it('sees two editors take turns', async () => {
    const results = await Promise.allSettled(
      ['One', 'Two'].map(name => save(null, { name: `Race ${name}`, synonyms: ['contested word'] })),
    )
    expect(results.map(result => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

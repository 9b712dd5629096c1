import { beforeAll, expect, it } from 'vitest'
import { ensureThemes } from '#app/themes/ensure-themes.server.ts'
import { mergeTheme } from '#app/themes/merge-theme.server.ts'
import { plantThemes } from '#app/themes/plant-themes.server.ts'
import { saveTheme } from '#app/themes/save-theme.server.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { actor, clock } from './house.ts'

onBothDatabases('themes that an import names', database => {
  let db: Db
  const ensure = (...words: string[]) => inTransaction(db, tx => ensureThemes(tx, { clock }, words))
  const slugs = async (...words: string[]) => {
    const found = await ensure(...words)
    return words.map(word => found.get(word)?.slug)
  }

  beforeAll(async () => {
    db = await database.fresh()
    await plantThemes({ db, clock })
  })

  it('are found by slug, name, synonym and former slug', async () => {
    const definition = 'Two machines disagreed about the time.'
    const context = { db, clock, actor: actor() }
    await saveTheme(context, { slug: null, name: 'Clock skew', definition, synonyms: [], parent: null })
    await saveTheme(context, { slug: 'clock-skew', name: 'Time skew', definition, synonyms: [], parent: null })
    await mergeTheme(context, { slug: 'noisy-neighbour', into: 'capacity' })
    const before = (await listThemes(db)).length
    expect(
      await slugs(
        'resource-leak',
        'RESOURCE LEAK',
        'Out-of-memory',
        'clock-skew',
        'Clock Skew',
        'noisy-neighbour',
        'Noisy Neighbor',
      ),
    ).toEqual(['resource-leak', 'resource-leak', 'resource-leak', 'time-skew', 'time-skew', 'capacity', 'capacity'])
    expect(await listThemes(db)).toHaveLength(before)
  })

  it('are created once when nobody knows them, and found again by any spelling', async () => {
    const found = await ensure('kernel  panic', 'Kernel-Panic')
    expect([...found.values()].map(theme => [theme.name, theme.created])).toEqual([
      ['Kernel panic', true],
      ['Kernel panic', true],
    ])
    expect((await ensure('KERNEL PANIC')).get('KERNEL PANIC')?.created).toBe(false)
    expect((await listThemes(db)).find(theme => theme.slug === 'kernel-panic')?.definition).toContain(
      'nobody has defined it yet',
    )
  })

  it('are told apart in every alphabet, and even where there is no letter', async () => {
    const words = ['容量', 'сеть', 'شبكة', '🔥', '🧊']
    const first = await slugs(...words)
    expect(new Set(first).size).toBe(words.length)
    expect(await slugs(...words)).toEqual(first)
    expect(await slugs(...(first as string[]))).toEqual(first)
  })

  it('never take the address of a page, half a character or a line break', async () => {
    expect(await slugs('new')).toEqual(['new-2'])
    const long = `${'x'.repeat(79)}😀😀`
    const [theme] = [...(await ensure(`a\u0007\n b\ud800`)).values(), ...(await ensure(long)).values()]
    expect(theme?.name).toBe('A b')
    expect(await slugs(long)).toEqual(['x'.repeat(79)])
    expect((await ensure('', '  ', '\u0007')).size).toBe(0)
  })

  it('are created once by two imports that run together', async () => {
    const both = await Promise.all([slugs('Split horizon'), slugs('split-horizon')])
    expect(both).toEqual([['split-horizon'], ['split-horizon']])
    expect(
      (await listThemes(db)).filter(
        theme => theme.name.toLowerCase() === 'split horizon' || theme.slug === 'split-horizon',
      ),
    ).toHaveLength(1)
  })
})

import type { ActionFunctionArgs } from '@remix-run/node'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#app/identity/actor.ts'
import type { AppError } from '#app/platform/errors.ts'
import type { Mailer } from '#app/platform/mail.server.ts'
import { editPostmortem, recordToEdit } from '#app/postmortems/edit-postmortem.server.ts'
import { readPostmortem } from '#app/postmortems/read-postmortem.server.ts'
import type { PostmortemRecord } from '#app/postmortems/record.ts'
import { fieldsOf, recordFrom } from '#app/postmortems/record-form.server.ts'
import { changePostmortem, createPostmortem } from '#app/postmortems/resources.server.ts'
import { action as saveForm } from '#app/postmortems/routes/edit-postmortem.tsx'
import type { SectionRefusal } from '#app/postmortems/ui/section-form.tsx'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { anyRecord } from './any-record.ts'
import { clock, log, prepared, recordOf, refusalOf, save, someone } from './house.ts'

/** The fields as a browser sends them: with CRLF line ends. */
function formOf(fields: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value.replaceAll('\n', '\r\n'))
  return form
}

const typed = (base: PostmortemRecord, changes: Record<string, string>): PostmortemRecord =>
  recordFrom(formOf({ ...fieldsOf(base), ...changes }), base)

const complaints = (base: PostmortemRecord, changes: Record<string, string>): Record<string, string[]> => {
  try {
    typed(base, changes)
  } catch (error) {
    const byField: Record<string, string[]> = {}
    for (const { path, message } of (error as AppError).errors) byField[path] = [...(byField[path] ?? []), message]
    return byField
  }
  return {}
}

const ACTION = {
  title: 'Alert on pool use',
  kind: 'detect',
  owner: null,
  createdOn: null,
  dueOn: '2026-12-24',
  state: 'open',
  closedOn: null,
  reason: null,
  externalId: null,
} as const

describe('the editing form', () => {
  const base = recordOf({
    title: 'Checkout stalled',
    startedAt: '2026-08-14T13:45:00.000Z',
    detectedAt: '2026-08-14T14:02:00.000Z',
    services: ['checkout'],
    timeline: [{ at: '2026-08-14T13:45:00.000Z', atText: null, marker: 'started', text: 'Rollout: "4.12"' }],
    factors: [{ text: 'A time-out', themes: ['capacity'], whys: [{ text: 'Why', whys: [{ text: 'So', whys: [] }] }] }],
    actions: [{ ...ACTION }],
  })

  it('gives back what it shows when nothing was typed', () => {
    fc.assert(
      fc.property(anyRecord, record => {
        const tidy = {
          ...record,
          title: record.title.trim() || 'x',
          incidentKey: record.incidentKey?.trim() || null,
          sourceUrl: record.sourceUrl?.trim() || null,
          startedAt: null,
          detectedAt: null,
        }
        fc.pre(!/\n/.test(`${tidy.title}${tidy.incidentKey}${tidy.sourceUrl}`))
        const inOrder = { ...tidy, acknowledgedAt: null, mitigatedAt: null }
        expect(typed(inOrder, {})).toEqual(inOrder)
      }),
      { numRuns: 150 },
    )
  })

  it('reads its own lists again to the letter, in whatever layout', () => {
    fc.assert(
      fc.property(anyRecord, record => {
        const lists = {
          timeline: record.timeline.map(one => ({ ...one, atText: one.at === null ? one.atText || null : null })),
          factors: record.factors,
          actions: record.actions.map(one => ({
            ...one,
            owner: one.owner || null,
            reason: one.reason || null,
            externalId: one.externalId || null,
          })),
        }
        const source = recordOf({ title: 'x', ...lists })
        const { timeline, factors, actions } = fieldsOf(source)
        const read = recordFrom(
          formOf({
            ...fieldsOf(base),
            timeline: `# all\n${timeline}`,
            factors: `# all\n${factors}`,
            actions: `# all\n${actions}`,
          }),
          base,
        )
        const asTimes = lists.timeline.map(one => (one.at === null && isMoment(one.atText) ? null : one))
        expect(read.timeline.map((one, at) => asTimes[at] && one)).toEqual(asTimes)
        expect(read.factors).toEqual(lists.factors)
        expect(read.actions).toEqual(lists.actions)
      }),
      { numRuns: 150 },
    )
  })

  it('takes short forms: a why as a line, an action with a title alone', () => {
    const read = typed(base, {
      factors: '- text: One\n  whys:\n    - Because\n    - text: And\n      whys: [deeper]\n',
      actions: '- title: Do 5\n- title: yes\n  state: done\n  due: 2026-12-24\n',
      timeline: '- at: 2026-08-14T15:45+02:00\n  text: A\n- at: about noon\n  text: 1e3\n- text: no time\n',
    })
    expect(read.factors).toEqual([
      {
        text: 'One',
        themes: [],
        whys: [
          { text: 'Because', whys: [] },
          { text: 'And', whys: [{ text: 'deeper', whys: [] }] },
        ],
      },
    ])
    expect(read.actions).toEqual([
      { ...ACTION, title: 'Do 5', kind: null, dueOn: null },
      { ...ACTION, title: 'yes', kind: null, state: 'done' },
    ])
    expect(read.timeline).toEqual([
      { at: '2026-08-14T13:45:00.000Z', atText: null, marker: null, text: 'A' },
      { at: null, atText: 'about noon', marker: null, text: '1e3' },
      { at: null, atText: null, marker: null, text: 'no time' },
    ])
  })

  it('names the line and the entry of what is not YAML, or not what it should be', () => {
    const mistakes = {
      timeline: '- text: "never closed\n- text: b\n',
      factors: '- text: One\n- text: Two\n  cause: root\n',
      actions: '- title: A\n\n- title: B\n  kind: cure\n  due: 24.12.2026\n',
    }
    const found = complaints(base, mistakes)
    expect(found.timeline?.[0]).toMatch(/^Line \d: this is not YAML/)
    expect(found.factors).toEqual(['Line 2, entry 2: Unrecognized key: "cause"'])
    expect(found.actions?.[0]).toMatch(/^Line 3, entry 2, kind: .*"prevent"\|"detect"/)
    expect(found.actions?.[1]).toMatch(/^Line 3, entry 2, due: Invalid ISO date/)
    expect(complaints(base, { actions: 'title: not a list' })).toEqual({
      actions: ['Write a list: each entry starts with a dash.'],
    })
    expect(complaints(base, { factors: '- text: {a: b}' }).factors?.[0]).toMatch(/^Line 1, entry 1, text: .*string/)
    expect(complaints(base, { timeline: '- marker: started' }).timeline?.[0]).toMatch(/entry 1, text/)
  })

  it('refuses YAML that is made to hurt, at once', () => {
    const bombs = [
      '['.repeat(5_000),
      '- a: '.repeat(3_000),
      `- ${'? '.repeat(5_000)}`,
      '&a [x]\n'.repeat(2),
      `- &a [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, n) => `- &${'bcdefghij'[n]} [${`*${'abcdefghi'[n]},`.repeat(9)}]`).join('\n')}`,
      `- text: x\n  whys: ${'[{text: x, whys: '.repeat(60)}${']}'.repeat(60)}`,
      'x'.repeat(400_001),
    ]
    for (const bomb of bombs)
      for (const name of ['timeline', 'factors', 'actions']) {
        const start = performance.now()
        expect(Object.keys(complaints(base, { [name]: bomb }))).toEqual([name])
        expect(performance.now() - start).toBeLessThan(5_000)
      }
  })

  it('refuses moments that are out of order, have no zone, or never were', () => {
    expect(complaints(base, { detectedAt: '2026-08-14T13:44Z' })).toEqual({
      detectedAt: ['Detected comes before started. Check both.'],
    })
    expect(complaints(base, { detectedAt: '', resolvedAt: '2026-08-14T13:00Z' })).toEqual({
      resolvedAt: ['Resolved comes before started. Check both.'],
    })
    expect(typed(base, { detectedAt: '2026-08-14T13:45Z' }).detectedAt).toBe(base.startedAt)
    expect(complaints(base, { startedAt: '2026-08-14T13:45' }).startedAt?.[0]).toMatch(/zone/)
    expect(complaints(base, { publishedAt: '2026-02-30T13:45Z' }).publishedAt?.[0]).toMatch(/no day 2026-02-30/)
    expect(typed(base, { startedAt: '', detectedAt: '2026-08-14T16:02+02:00' })).toMatchObject({
      startedAt: null,
      detectedAt: '2026-08-14T14:02:00.000Z',
    })
  })

  it('refuses choices that are none, addresses that are none, and texts that cannot be stored', () => {
    const found = complaints(base, {
      title: '  ',
      status: 'secret',
      severity: 'SEV-5',
      customerImpact: 'constructor',
      sourceUrl: 'javascript:alert(1)',
      impact: 'a\0b',
      lessons: 'x'.repeat(1_000_001),
    })
    expect(Object.keys(found).sort()).toEqual(
      ['customerImpact', 'impact', 'lessons', 'severity', 'sourceUrl', 'status', 'title'].sort(),
    )
    expect(found.impact?.[0]).toMatch(/NUL/)
  })

  it('leaves out the invisible characters of a terminal', () => {
    expect(typed(base, { body: '\u001b[31mred\u001b[0m\u0007\n\tbell' }).sections.body).toBe('[31mred[0m\n\tbell')
  })

  it('does not hold an address against the one who came to mend something else', () => {
    const old = recordOf({ title: 'Old', sourceUrl: 's3://bucket/postmortem.md' })
    expect(typed(old, { title: 'New' })).toMatchObject({ title: 'New', sourceUrl: 's3://bucket/postmortem.md' })
  })
})

function isMoment(words: string | null): boolean {
  return words !== null && /^\s*\d{4}-\d{2}-\d{2}/.test(words)
}

onBothDatabases('editing a postmortem', database => {
  let db: Db
  let editor: Actor
  let author: Actor
  beforeAll(async () => {
    db = await prepared(database)
    editor = await someone(db, 'editor')
    author = await someone(db, 'member', 'author@example.org')
  })
  const edit = (actor: Actor, slug: string, change: Partial<PostmortemRecord>, expected?: number) =>
    recordToEdit({ db, actor }, slug).then(({ record, revision }) =>
      editPostmortem({ db, clock, actor }, slug, {
        record: { ...record, ...change },
        expected: expected ?? revision,
        note: 'Changed',
      }),
    )
  const revisionOf = async (slug: string) => (await readPostmortem({ db, actor: editor }, slug)).revision

  it('makes a revision for a change, and none without one', async () => {
    const { slug } = await save(db, editor, {
      title: 'Twice saved',
      themes: ['capacity', 'expiry'],
      services: ['A  b'],
    })
    await edit(editor, slug, {})
    await edit(editor, slug, { themes: ['expiry', 'capacity'] })
    expect(await revisionOf(slug)).toBe(1)
    await edit(editor, slug, { title: 'Thrice saved' })
    expect(await revisionOf(slug)).toBe(2)
    expect((await readPostmortem({ db, actor: editor }, slug)).record).toMatchObject({
      title: 'Thrice saved',
      services: ['A b'],
      themes: ['capacity', 'expiry'],
    })
  })

  it('refuses a stale revision and changes nothing', async () => {
    const { slug } = await save(db, editor, { title: 'Contested' })
    await edit(editor, slug, { title: 'Contested by one' })
    const refusal = (await refusalOf(() => edit(editor, slug, { title: 'By another' }, 1))) as AppError
    expect(refusal.status).toBe(409)
    expect(refusal.message).toMatch(/saved revision 2 while you were editing/)
    expect((await readPostmortem({ db, actor: editor }, slug)).record.title).toBe('Contested by one')
  })

  it('lets one of two that save at once win, and tells the other', async () => {
    const { slug } = await save(db, editor, { title: 'At once' })
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(n => edit(editor, slug, { title: `At once ${n}` }, 1)))
    expect(outcomes.filter(one => one.status === 'fulfilled')).toHaveLength(1)
    for (const one of outcomes) if (one.status === 'rejected') expect((one.reason as AppError).status).toBe(409)
    expect(await revisionOf(slug)).toBe(2)
  })

  it('shows both versions, without JavaScript too, where somebody else saved the same line meanwhile', async () => {
    const { slug, id } = await save(db, editor, { title: 'Typed', sections: { summary: 'One line' } })
    const { record } = await recordToEdit({ db, actor: editor }, slug)
    await edit(editor, slug, { sections: { ...record.sections, summary: 'Their line' } })
    const form = formOf({ section: 'summary', base: JSON.stringify({ fields: { text: 'One line' }, rows: [] }) })
    form.set('field.text', 'My line\r\nand more')
    const site = { db, clock, log, mailer: {} as Mailer, origin: null, dataDir: '', setUpCode: null, isDemo: false }
    const answer = (await saveForm({
      request: new Request(`http://x/postmortems/${id}/edit`, { method: 'POST', body: form }),
      params: { id },
      context: { site, actor: editor, address: '', nonce: '' },
    } as ActionFunctionArgs)) as { data: SectionRefusal; init: { status: number } }
    expect(answer.init.status).toBe(409)
    expect(answer.data.message).toMatch(/nothing of yours is lost/)
    expect(answer.data.mine.fields).toEqual({ text: 'My line\nand more' })
    expect(answer.data.theirs?.fields).toEqual({ text: 'Their line' })
  })

  it('is for authors until it is published, and publishing is for editors', async () => {
    const { slug } = await save(db, editor, { title: 'Mine', status: 'draft', authors: ['Author@Example.org'] })
    await edit(author, slug, { title: 'Mine, better', status: 'in review' })
    const refusal = (await refusalOf(() => edit(author, slug, { status: 'published' }))) as AppError
    expect(refusal.errors).toEqual([{ path: 'status', message: 'Only editors publish.' }])
    expect((await readPostmortem({ db, actor: author }, slug)).record.status).toBe('in review')
    await edit(editor, slug, { status: 'published' })
    expect((await readPostmortem({ db, actor: author }, slug)).record.publishedAt).toBe(
      new Date(clock.now()).toISOString(),
    )
    expect((await refusalOf(() => edit(author, slug, { title: 'Mine again' }))).message).toMatch(/not exist/)
  })

  it('refuses moments out of order through the API as well', async () => {
    const context = { db, clock, actor: editor }
    const moments = { startedAt: '2026-01-01T10:00:00.000Z', resolvedAt: '2026-01-01T09:00:00.000Z' }
    await expect(createPostmortem(context, { title: 'Backwards', ...moments })).rejects.toThrow(/order/)
    const slug = await createPostmortem(context, { title: 'Forwards', startedAt: moments.startedAt })
    await expect(changePostmortem(context, slug, { resolvedAt: moments.resolvedAt })).rejects.toThrow(/order/)
  })

  it('refuses an external id that another one has, whoever may see that', async () => {
    const context = { db, clock, actor: editor }
    await createPostmortem(context, { title: 'First', externalId: 'EXT-1' })
    for (const work of [
      () => createPostmortem(context, { title: 'Second', externalId: 'EXT-1' }),
      async () =>
        changePostmortem(context, await createPostmortem(context, { title: 'Third' }), { externalId: 'EXT-1' }),
    ]) {
      const refusal = (await refusalOf(work)) as AppError
      expect(refusal.status).toBe(409)
      expect(refusal.errors[0]?.path).toBe('externalId')
    }
    expect(await db.selectFrom('postmortems').select('id').where('title', '=', 'Second').execute()).toEqual([])
  })

  it('gives fifty of one title fifty addresses in ASCII, also at once', async () => {
    const context = { db, clock, actor: editor }
    const title = 'Größe der Łódź-Søkø: ½ naïve “résumé” — 日本 🔥'
    const slugs: string[] = []
    for (let n = 0; n < 30; n++) slugs.push(await createPostmortem(context, { title }))
    slugs.push(...(await Promise.all(Array.from({ length: 20 }, () => createPostmortem(context, { title })))))
    expect(slugs[0]).toBe('grosse-der-lodz-soko-1-2-naive-resume')
    expect(slugs[1]).toBe('grosse-der-lodz-soko-1-2-naive-resume-2')
    expect(new Set(slugs).size).toBe(50)
    for (const slug of slugs) expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    const named = await createPostmortem(context, { title: '日本語だけ' })
    expect(named).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(await createPostmortem(context, { title: '別の題' })).not.toBe(named)
  })

  it('gives none the address of a page of the library', async () => {
    const context = { db, clock, actor: editor }
    const slugs = [
      await createPostmortem(context, { title: 'Import' }),
      await createPostmortem(context, { title: 'export!' }),
    ]
    expect(slugs).toEqual(['import-2', 'export-2'])
  })

  it('keeps the address when the title changes', async () => {
    const { slug } = await save(db, editor, { title: 'Before' })
    await edit(editor, slug, { title: 'After' })
    expect((await readPostmortem({ db, actor: editor }, slug)).slug).toBe('before')
  })

  it('keeps the ids of action items, whatever their order, also of two with one title', async () => {
    const action = (title: string, externalId: string | null = null) => ({ ...ACTION, title, externalId })
    const first = [action('Same'), action('Same'), action('Mirrored', 'JIRA-1'), action('Gone'), action('Stays')]
    const { slug, id } = await save(db, editor, { title: 'With actions', actions: first })
    const rows = async () =>
      db
        .selectFrom('action_items')
        .select(['id', 'title', 'created_at'])
        .where('postmortem_id', '=', id)
        .orderBy('position')
        .execute()
    const before = await rows()
    await edit(editor, slug, {
      actions: [action('Stays'), action('Renamed elsewhere', 'JIRA-1'), action('New'), action('Same'), action('Same')],
    })
    const after = await rows()
    expect(after.map(row => row.title)).toEqual(['Stays', 'Renamed elsewhere', 'New', 'Same', 'Same'])
    const ids = before.map(row => row.id)
    expect(after.map(row => ids.indexOf(row.id))).toEqual([4, 2, -1, 0, 1])
  })
})

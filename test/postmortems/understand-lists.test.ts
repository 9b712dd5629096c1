import { describe, expect, it } from 'vitest'
import type { PostmortemRecord } from '#app/postmortems/record.ts'
import { understandMarkdown } from '#app/postmortems/understand-markdown.ts'

const read = (text: string): PostmortemRecord => understandMarkdown(`# Title\n\n${text}\n`, 'x.md').record
const actions = (text: string): string[] =>
  read(`## Action items\n\n${text}`).actions.map(({ state, title }) => `${state}: ${title}`)

describe('contributing factors', () => {
  it.each([
    'Contributing Factors',
    'Root Cause(s)',
    'Root causes',
    'What caused the incident?',
    'Cause',
    'Root cause analysis',
  ])('are read from a list under %s', heading => {
    expect(read(`## ${heading}\n\n- One\n  more\n- Two\n`).factors).toEqual([
      { text: 'One\nmore', themes: [], whys: [] },
      { text: 'Two', themes: [], whys: [] },
    ])
  })

  it('stay in the text when there is prose as well', () => {
    const text = '## Root causes\n\nThere are two:\n\n1. One\n1. Two'
    expect(read(text)).toMatchObject({ factors: [], sections: { body: text } })
  })
})

describe('action items', () => {
  it('are open unless something says that they are done', () => {
    expect(
      actions(
        '- Plain\n- [ ] Box\n- [] Small box\n- [x] Ticked\n- ~~Struck~~\n- Guard (done)\n- ✅ Tick\n- ~~half~~ struck',
      ),
    ).toEqual([
      'open: Plain',
      'open: Box',
      'open: Small box',
      'done: Ticked',
      'done: Struck',
      'done: Guard',
      'done: Tick',
      'open: ~~half~~ struck',
    ])
  })

  it('have nulls for what is not said', () => {
    expect(read('## Next steps\n\n- Do it').actions[0]).toEqual({
      title: 'Do it',
      kind: null,
      owner: null,
      createdOn: null,
      dueOn: null,
      state: 'open',
      closedOn: null,
      reason: null,
      externalId: null,
    })
  })

  it('below others are actions too; an address below belongs to its action', () => {
    expect(
      actions('- Cover probes\n  - Ask teams\n  - Build a dashboard\n- Test it\n    - https://example.test/1'),
    ).toEqual([
      'open: Cover probes',
      'open: Ask teams',
      'open: Build a dashboard',
      'open: Test it https://example.test/1',
    ])
  })

  it('are read from a table with owners and days; what a column cannot hold stays with the title', () => {
    const table = `| Action | Owner | Due date | Status | Type | Priority |
|---|---|---|---|---|---|
| Add a limit | Ada | 2024-04-01 | Done | Prevent | P1 |
| Write it down |  | Jul 16, 2023 | To Do | other | |
| Ask | Bram | soon | | | |`
    expect(read(`## Action items\n\n${table}`).actions).toMatchObject([
      { title: 'Add a limit (Priority: P1)', owner: 'Ada', dueOn: '2024-04-01', state: 'done', kind: 'prevent' },
      { title: 'Write it down (Type: other)', owner: null, dueOn: '2023-07-16', state: 'open', kind: null },
      { title: 'Ask (Due date: soon)', owner: 'Bram', dueOn: null, state: 'open' },
    ])
  })

  it('carry the addresses that are defined elsewhere in the document', () => {
    const { actions, sections } = read(
      '## Action items\n\n- [#1]: Log it\n\n[#1]: https://example.test/1\n\n## More\n\nSee [#1].',
    )
    expect(actions.map(({ title }) => title)).toEqual(['[#1](https://example.test/1): Log it'])
    expect(sections.body).toBe('## More\n\nSee [#1].\n\n[#1]: https://example.test/1')
  })

  it('are found under a line that is no heading but stands above a list', () => {
    const { actions, sections } = read(
      '## Detection\nBy people.\n\nAction Items\n- One\n\n- Two\n\n## Lessons Learned\n- Three',
    )
    expect(actions).toHaveLength(2)
    expect(sections).toMatchObject({ detection: 'By people.', lessons: '- Three', body: '' })
  })

  it('stay in the text when bullets stand below numbers without indentation', () => {
    expect(read('## Planned actions\n\n1. One:\n\n- detail\n\n2. Two').actions).toEqual([])
  })
})

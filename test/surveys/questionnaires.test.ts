/** The organisation's own questionnaires: the editor's steps, what may be published, and that published ones stay. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { terminalActor } from '#app/identity/auth.server.ts'
import {
  beginVersion,
  discardDraft,
  getOwnQuestionnaire,
  newItemId,
  publishQuestionnaire,
  saveDraft,
  startQuestionnaire,
} from '#app/surveys/questionnaires/edit-questionnaire.server.ts'
import { askableQuestionnaires, questionnaireFor } from '#app/surveys/questionnaires/get-questionnaire.server.ts'
import { questionnaireOf } from '#app/surveys/questionnaires/instrument.ts'
import { readInstruments } from '#app/surveys/questionnaires/instruments.server.ts'
import { itemsOf, type Questionnaire } from '#app/surveys/questionnaires/questionnaire.ts'
import { afterStep, draftInForm, settled } from '#app/surveys/questionnaires/questionnaire-draft.ts'
import { questionnaireSchema } from '#app/surveys/questionnaires/questionnaire-schema.ts'
import type { Db } from '#db/index.server.ts'
import { fakeClock, refusalOf } from '#test/identity/house.ts'
import { onBothDatabases } from '#test/support/databases.ts'

const refused = async (work: Promise<unknown>) => (await refusalOf(work)).refusal

const empty: Questionnaire = {
  id: 'ours',
  version: 1,
  title: { en: 'Ours' },
  introduction: null,
  languages: ['en'],
  target: null,
  sections: [{ title: null, items: [] }],
}

/** The draft as a browser would send its form. */
function formOf(draft: Questionnaire): FormData {
  const form = new FormData()
  const texts = (name: string, all: Readonly<Record<string, string>> | null) => {
    for (const language of draft.languages) form.append(`${name}.${language}`, all?.[language] ?? '')
  }
  for (const language of draft.languages) form.append('languages', language)
  texts('title', draft.title)
  texts('introduction', draft.introduction)
  form.append('target', draft.target === null ? '' : String(draft.target * 100))
  draft.sections.forEach((section, at) => {
    form.append(`sections.${at}`, 'section')
    texts(`sections.${at}.title`, section.title)
    section.items.forEach((item, index) => {
      const path = `sections.${at}.items.${index}`
      form.append(`${path}.id`, item.id)
      form.append(`${path}.kind`, item.kind)
      texts(`${path}.text`, item.text)
      if (item.kind === 'scale') form.append(`${path}.points`, String(item.options.length))
      if (item.reversed) form.append(`${path}.reversed`, 'yes')
      if (item.headline) form.append(`${path}.headline`, 'yes')
      item.options.forEach((option, place) => {
        form.append(`${path}.options.${place}.value`, String(option.value))
        texts(`${path}.options.${place}.label`, option.label)
      })
      form.append(`${path}.showIf.item`, item.showIf?.item ?? '')
      form.append(`${path}.showIf.before`, item.showIf?.item ?? '')
      for (const value of item.showIf?.values ?? []) form.append(`${path}.showIf.values`, String(value))
    })
  })
  return form
}

/** A draft after these buttons, with an id for each new thing. */
function pressed(draft: Questionnaire, ...steps: string[]): Questionnaire {
  let n = 0
  const newId = () => `new-${String(++n).padStart(12, '0')}`
  return steps.reduce((now, step) => afterStep(now, step, newId).draft, draft)
}

function withTexts(draft: Questionnaire): Questionnaire {
  return {
    ...draft,
    sections: draft.sections.map(section => ({
      ...section,
      items: section.items.map((item, at) => ({
        ...item,
        text: { en: `Question ${at + 1}` },
        options: item.options.map((option, place) => ({
          ...option,
          label: Object.keys(option.label).length ? option.label : { en: `Answer ${place + 1}` },
        })),
      })),
    })),
  }
}

const complaints = (questionnaire: Questionnaire) =>
  questionnaireSchema
    .safeParse(questionnaire)
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

describe('The form of the editor', () => {
  test('gives back what the draft was', () => {
    const draft: Questionnaire = {
      ...questionnaireOf(readInstruments()[0]!),
      id: 'ours',
      version: 1,
    }
    expect(draftInForm(formOf(draft), draft)).toEqual(draft)
  })

  test('keeps the ends of a scale that gets more points, or fewer', () => {
    const draft = pressed(empty, 'add scale 0')
    const form = formOf(draft)
    form.set('sections.0.items.0.points', '7')
    const [wide] = itemsOf(draftInForm(form, draft))
    expect(wide?.options.map(option => option.label.en)).toEqual([
      'Strongly disagree',
      'Disagree',
      'In between',
      'Agree',
      undefined,
      undefined,
      'Strongly agree',
    ])
    form.set('sections.0.items.0.points', '3')
    expect(itemsOf(draftInForm(form, draft))[0]?.options.map(option => [option.value, option.label.en])).toEqual([
      [1, 'Strongly disagree'],
      [2, 'Disagree'],
      [3, 'Strongly agree'],
    ])
  })

  test('forgets the answers of a condition when another question is chosen for it', () => {
    const draft = pressed(empty, 'add single 0', 'add scale 0', 'add comment 0')
    const form = formOf(draft)
    const [first, second] = itemsOf(draft)
    form.set('sections.0.items.2.showIf.item', second!.id)
    form.set('sections.0.items.2.showIf.before', first!.id)
    form.append('sections.0.items.2.showIf.values', String(first!.options[0]!.value))
    expect(itemsOf(draftInForm(form, draft))[2]?.showIf).toEqual({ item: second!.id, values: [] })
  })
})

describe('The buttons of the editor', () => {
  test('add, move and remove questions, through sections', () => {
    const draft = pressed(empty, 'add scale 0', 'add single 0', 'add-section', 'add comment 1')
    const kinds = (one: Questionnaire) => one.sections.map(section => section.items.map(item => item.kind))
    expect(kinds(draft)).toEqual([['scale', 'single'], ['comment']])
    expect(kinds(pressed(draft, 'down 0 0'))).toEqual([['single', 'scale'], ['comment']])
    expect(kinds(pressed(draft, 'down 0 1'))).toEqual([['scale'], ['single', 'comment']])
    expect(kinds(pressed(draft, 'up 1 0'))).toEqual([['scale', 'single', 'comment'], []])
    expect(kinds(pressed(draft, 'remove 0 0', 'remove-section 1'))).toEqual([['single']])
  })

  test('lose and invent nothing, whatever is pressed', () => {
    const verbs = ['up', 'down', 'add-option', 'remove-option', 'add-section', 'add-language', 'nonsense']
    const step = fc
      .tuple(fc.constantFrom(...verbs), fc.nat(3), fc.nat(4), fc.nat(4))
      .map(([verb, ...places]) => `${verb} ${places.join(' ')}`)
    const draft = pressed(empty, 'add scale 0', 'add single 0', 'add multiple 0', 'add-section', 'add comment 1')
    const ids = itemsOf(draft).map(item => item.id)
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), steps => {
        expect(
          itemsOf(pressed(draft, ...steps))
            .map(item => item.id)
            .sort(),
        ).toEqual([...ids].sort())
      }),
    )
  })
})

describe('A questionnaire may be asked', () => {
  test('when it is one of the instruments, in every language', () => {
    for (const instrument of readInstruments()) expect(complaints(questionnaireOf(instrument))).toEqual([])
  })

  test('when every text is there in every language', () => {
    const draft = withTexts(pressed(empty, 'add scale 0', 'add single 0', 'add comment 0'))
    expect(complaints(settled(draft, new Set()))).toEqual([])
    const german = settled(pressed(draft, 'add-language de'), new Set())
    expect(complaints(german)).toEqual([
      'title.de: Write the title in this language.',
      'sections.0.items.0.text.de: Write the question in this language.',
      'sections.0.items.1.text.de: Write the question in this language.',
      'sections.0.items.1.options.0.label.de: Name this answer.',
      'sections.0.items.1.options.1.label.de: Name this answer.',
      'sections.0.items.2.text.de: Write the question in this language.',
    ])
  })

  test('when a scale names its ends, or all of its points', () => {
    const draft = withTexts(pressed(empty, 'add scale 0'))
    const named = (...labels: string[]) => {
      const [item] = itemsOf(draft)
      const options = labels.map((en, at) => ({ value: at + 1, label: { en } }))
      return complaints({ ...draft, sections: [{ title: null, items: [{ ...item!, options }] }] })
    }
    expect(named('Never', '', 'Always')).toEqual([])
    expect(named('Never', 'Sometimes', 'Always')).toEqual([])
    expect(named('Never', 'Rarely', '', 'Always')).toEqual([
      'sections.0.items.0.options.2.label.en: Name all points of the scale, or its two ends only.',
    ])
    expect(named('', '', 'Always')).toEqual(['sections.0.items.0.options.0.label.en: Name this answer.'])
    expect(named('Never', 'Always')).toEqual(['sections.0.items.0.points: A scale has 3 to 7 points.'])
  })

  test('when conditions look back, at answers that are there', () => {
    const draft = withTexts(pressed(empty, 'add comment 0', 'add single 0', 'add comment 0'))
    const [comment, choice] = itemsOf(draft)
    const asked = (item: string, values: (string | number)[]) =>
      complaints({
        ...draft,
        sections: [
          {
            title: null,
            items: itemsOf(draft).map((one, at) => (at === 2 ? { ...one, showIf: { item, values } } : one)),
          },
        ],
      })
    const [yes, no] = choice!.options.map(option => option.value)
    expect(asked(choice!.id, [yes!])).toEqual([])
    expect(asked(choice!.id, [])[0]).toMatch('Choose the answers after which this is asked.')
    expect(asked(choice!.id, [yes!, no!])[0]).toMatch('After every answer it is always asked.')
    expect(asked(choice!.id, ['gone'])[0]).toMatch('One of these answers is not there any more.')
    expect(asked(comment!.id, ['x'])[0]).toMatch('Choose an earlier question')
  })

  test('when it asks anything at all', () => {
    expect(complaints(empty)).toEqual(['sections: Ask at least one question.'])
  })
})

test('New questions and answers are named after their text, and never like an earlier one', () => {
  const draft = withTexts(pressed(empty, 'add single 0', 'add comment 0'))
  const [choice, comment] = itemsOf(draft)
  const conditional = {
    ...draft,
    sections: [
      {
        title: null,
        items: [choice!, { ...comment!, showIf: { item: choice!.id, values: [choice!.options[1]!.value] } }],
      },
    ],
  }
  const items = itemsOf(settled(conditional, new Set(['question-1'])))
  expect(items.map(item => item.id)).toEqual(['question-1-2', 'question-2'])
  expect(items[0]?.options.map(option => option.value)).toEqual(['answer-1', 'answer-2'])
  expect(items[1]?.showIf).toEqual({ item: 'question-1-2', values: ['answer-2'] })
})

onBothDatabases('Own questionnaires', database => {
  const administrator = { ...terminalActor(), name: 'Ada' }
  const room = async () => ({ db: await database.fresh(), clock: fakeClock(), actor: administrator })
  const newest = async (context: { db: Db; actor: typeof administrator }, id: string) =>
    (await getOwnQuestionnaire(context, id)).newest

  test('begin as a copy, are published, and go on in another version', async () => {
    const context = await room()
    const id = await startQuestionnaire(context, { title: 'Incident culture', from: 'incident-culture' })
    expect(id).toBe('incident-culture-2')
    expect(await questionnaireFor(context.db, { id, version: 1 })).toBeNull()
    await publishQuestionnaire(context, id)
    const published = await questionnaireFor(context.db, { id, version: 1 })
    expect(published && itemsOf(published)).toHaveLength(11)

    const { definition, updatedAt } = await newest(context, id)
    expect(await refused(saveDraft(context, definition, updatedAt))).toBe('conflict')
    await beginVersion(context, id)
    expect(await refused(beginVersion(context, id))).toBe('conflict')
    const draft = await newest(context, id)
    const changed = afterStep(draft.definition, 'add comment 0', newItemId).draft
    await saveDraft(context, changed, draft.updatedAt)
    expect(await questionnaireFor(context.db, { id, version: 1 })).toEqual(published)
    expect((await askableQuestionnaires(context.db)).own.map(one => one.version)).toEqual([1])
    await discardDraft(context, id)
    expect(await refused(discardDraft(context, id))).toBe('conflict')
    expect(await newest(context, id)).toMatchObject({ state: 'published', definition: { version: 1 } })
  })

  test('are not published with anything missing, and are kept as they are meanwhile', async () => {
    const context = await room()
    const id = await startQuestionnaire(context, { title: 'Ours', from: '' })
    const draft = await newest(context, id)
    await saveDraft(context, pressed(draft.definition, 'add single 0'), draft.updatedAt)
    const refusal = await publishQuestionnaire(context, id).catch(
      (error: { errors: { path: string }[] }) => error.errors,
    )
    expect(refusal?.map(one => one.path)).toEqual([
      'sections.0.items.0.text.en',
      'sections.0.items.0.options.0.label.en',
      'sections.0.items.0.options.1.label.en',
    ])
    expect(itemsOf((await newest(context, id)).definition)).toHaveLength(1)
  })

  test('tell the second of two writers', async () => {
    const context = await room()
    const id = await startQuestionnaire(context, { title: 'Ours', from: '' })
    const { definition, updatedAt } = await newest(context, id)
    await saveDraft(context, pressed(definition, 'add comment 0'), updatedAt)
    expect(await refused(saveDraft(context, pressed(definition, 'add scale 0'), updatedAt))).toBe('conflict')
    expect(itemsOf((await newest(context, id)).definition).map(item => item.kind)).toEqual(['comment'])
  })

  test('are for administrators', async () => {
    const { db, clock, actor } = await room()
    const member = { ...actor, role: 'member' as const }
    expect(await refused(startQuestionnaire({ db, clock, actor: member }, { title: 'x', from: '' }))).toBe('not-found')
    expect(await refused(getOwnQuestionnaire({ db, actor: member }, 'x'))).toBe('not-found')
  })
})

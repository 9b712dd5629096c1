/** The form of a plan: what can be chosen, what it shows at first, and what was written into it. */
import { type Actor, demand } from '#app/identity/actor.ts'
import { invalid } from '#app/identity/fields.ts'
import { listTeamTree } from '#app/identity/list-teams.server.ts'
import { peopleByEmails, peopleByIds } from '#app/identity/people.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { type Clock, dayIn } from '#app/platform/clock.ts'
import type { FieldError } from '#app/platform/errors.ts'
import { momentOfWall, wallTime } from '#app/platform/wall-time.ts'
import type { Db } from '#db/index.server.ts'
import type { Wave } from '../get-wave.server.ts'
import { askableQuestionnaires } from '../questionnaires/get-questionnaire.server.ts'
import { textIn } from '../questionnaires/questionnaire.ts'
import { nameOfLanguage } from '../respond/words.ts'
import type { WavePlan } from '../wave.ts'
import { defaultDates } from './default-dates.ts'
import type { PlanInput } from './plan-schema.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

export interface PlanChoices {
  questionnaires: { value: string; label: string }[]
  /** All that some questionnaire speaks. */
  languages: { value: string; label: string }[]
  teams: { id: string; name: string; depth: number; people: number }[]
  timeZone: string
  leastK: number
}

/** What the form's fields hold; dates as the organisation's wall shows them, people by their addresses. */
export interface PlanFields {
  title: string
  questionnaire: string
  languages: string[]
  collectingFrom: string
  answeringFrom: string
  closesAt: string
  teams: string[]
  people: string
  asksGroup: boolean
  k: number
  stewards: string
  isStrict: boolean
  isKiosk: boolean
  repeat: string
}

export async function planChoices({ db, clock, actor }: Context): Promise<PlanChoices> {
  demand(actor, 'administer')
  const [{ instruments, own }, teams, settings] = await Promise.all([
    askableQuestionnaires(db),
    listTeamTree({ db, clock, actor }),
    readSettings(db),
  ])
  const all = [...instruments, ...own]
  return {
    questionnaires: all.map(one => ({
      value: `${one.id}@${one.version}`,
      label: `${textIn(one.title, 'en')}${instruments.includes(one) ? '' : `, version ${one.version}`} (${one.languages.join(', ')})`,
    })),
    languages: [...new Set(all.flatMap(one => one.languages))]
      .sort((one, other) => rank(one) - rank(other))
      .map(value => ({ value, label: nameOfLanguage(value) })),
    teams: teams.map(({ id, name, depth, people }) => ({ id, name, depth, people })),
    timeZone: settings.timeZone,
    leastK: settings.disclosureThreshold,
  }
}

/** English first, since every instrument speaks it. */
function rank(language: string): number {
  return language === 'en' ? -1 : language.charCodeAt(0) * 256 + language.charCodeAt(1)
}

/** @param wave whose plan is changed, or taken as the model of a new one; null to begin with what usually makes sense. */
export async function planFields(
  { db, clock, actor }: Context,
  wave: Wave | null,
  isNew: boolean,
): Promise<PlanFields> {
  demand(actor, 'administer')
  const { timeZone, disclosureThreshold } = await readSettings(db)
  const usual = defaultDates(dayIn(timeZone, clock.now()))
  if (!wave)
    return {
      title: '',
      questionnaire: 'incident-culture@1',
      languages: ['en'],
      ...usual,
      teams: [],
      people: '',
      asksGroup: true,
      k: disclosureThreshold,
      stewards: '',
      isStrict: false,
      isKiosk: false,
      repeat: '',
    }
  const { plan } = wave
  const people = await peopleByIds(db, [...plan.personIds, ...plan.stewardIds])
  const addresses = (ids: readonly string[]) => ids.flatMap(id => people.get(id)?.email ?? []).join('\n')
  const wall = (moment: string) => wallTime(timeZone, Date.parse(moment))
  return {
    title: wave.title,
    questionnaire: `${plan.questionnaire.id}@${plan.questionnaire.version}`,
    languages: [...plan.languages],
    ...(isNew
      ? usual
      : {
          collectingFrom: wall(wave.collectingFrom),
          answeringFrom: wall(wave.answeringFrom),
          closesAt: wall(wave.closesAt),
        }),
    teams: [...plan.teamIds],
    people: plan.listSalt === undefined ? addresses(plan.personIds) : '',
    asksGroup: plan.grouping !== null,
    k: plan.k,
    stewards: addresses(plan.stewardIds),
    isStrict: plan.isStrict,
    isKiosk: plan.isKiosk,
    repeat: String(plan.repeatMonths ?? ''),
  }
}

/**
 * The form's fields as `savePlan` takes them.
 * @throws AppError invalid naming addresses that nobody here has.
 */
export async function planInForm(db: Db, form: FormData): Promise<PlanInput> {
  const { timeZone } = await readSettings(db)
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }
  const all = (name: string) => form.getAll(name).filter((one): one is string => typeof one === 'string')
  const moment = (name: string) => {
    const at = momentOfWall(timeZone, text(name))
    return at === null ? '' : new Date(at).toISOString()
  }
  const [personIds, stewardIds] = await idsOf(db, { people: text('people'), stewards: text('stewards') })
  const [id = '', version] = text('questionnaire').split('@')
  return {
    title: text('title'),
    questionnaire: { id, version: Number(version) },
    languages: all('languages'),
    collectingFrom: moment('collectingFrom'),
    answeringFrom: moment('answeringFrom'),
    closesAt: moment('closesAt'),
    teamIds: all('teams'),
    personIds,
    grouping: form.has('asksGroup') ? 'team' : null,
    k: text('k') === '' ? Number.NaN : Number(text('k')),
    stewardIds,
    isStrict: form.has('isStrict'),
    isKiosk: form.has('isKiosk'),
    repeatMonths: (text('repeat') === '' ? null : Number(text('repeat'))) as WavePlan['repeatMonths'] & null,
  }
}

async function idsOf(db: Db, fields: { people: string; stewards: string }): Promise<[string[], string[]]> {
  const addresses = (text: string) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))]
  const known = await peopleByEmails(db, [...addresses(fields.people), ...addresses(fields.stewards)])
  const errors: FieldError[] = []
  const read = (path: 'people' | 'stewards') =>
    addresses(fields[path]).flatMap(address => {
      const person = known.get(address.toLowerCase().normalize('NFC'))
      if (!person) errors.push({ path, message: `Nobody here has the address ${address.slice(0, 100)}.` })
      return person?.id ?? []
    })
  const ids: [string[], string[]] = [read('people'), read('stewards')]
  if (errors.length > 0) throw invalid(errors)
  return [[...new Set(ids[0])], [...new Set(ids[1])]]
}

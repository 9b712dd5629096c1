/** The charter of a wave: what is promised to everybody invited, fixed at opening. Pure. */
import { type Charter, type GroupNode, VARIANT, type WaveDates, type WavePlan } from '../wave.ts'

export interface CharterFacts extends WaveDates {
  id: string
  title: string
  plan: Pick<WavePlan, 'questionnaire' | 'languages' | 'k' | 'isStrict' | 'isKiosk' | 'listSalt'>
  /** SHA-256 of the questionnaire's canonical JSON, in hexadecimal. */
  questionnaireSha256: string
  groups: readonly GroupNode[] | null
  stewards: readonly string[]
  invited: number
  invitedSha256: string
  fingerprint: string
  origin: string | null
}

export function charterOf(facts: CharterFacts): Charter {
  const { plan } = facts
  return {
    wave: facts.id,
    title: facts.title,
    questionnaire: { ...plan.questionnaire, sha256: facts.questionnaireSha256 },
    languages: plan.languages,
    collectingFrom: facts.collectingFrom,
    answeringFrom: facts.answeringFrom,
    closesAt: facts.closesAt,
    k: plan.k,
    grouping: facts.groups && { label: 'Team', groups: facts.groups },
    isStrict: plan.isStrict,
    isKiosk: plan.isKiosk,
    stewards: facts.stewards,
    invited: facts.invited,
    invitedSha256: facts.invitedSha256,
    ...(plan.listSalt === undefined ? {} : { hidesInvited: true }),
    variant: VARIANT,
    fingerprint: facts.fingerprint,
    origin: facts.origin,
  }
}

/** What invitedSha256 is the hash of: the plan's salt where it has one, then sorted addresses, each with a line feed. */
export function invitedListText(emails: readonly string[], salt?: string): string {
  return [...(salt === undefined ? [] : [salt]), ...[...emails].sort()].map(line => `${line}\n`).join('')
}

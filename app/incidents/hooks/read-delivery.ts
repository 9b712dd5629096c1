/** From a parsed body to what it says, by the kind of its source. */
import { readAlertmanager } from './read-alertmanager.ts'
import { readGitHub } from './read-github.ts'
import { readPagerDuty } from './read-pagerduty.ts'
import { readStandardWebhooks } from './read-standard-webhooks.ts'
import { readStatuspage } from './read-statuspage.ts'
import type { Envelope, Reading } from './reading.ts'
import type { SourceKind } from './source-kinds.ts'

const READERS: Record<SourceKind, (payload: unknown, envelope: Envelope) => Reading> = {
  pagerduty: readPagerDuty,
  'standard-webhooks': readStandardWebhooks,
  statuspage: readStatuspage,
  alertmanager: readAlertmanager,
  github: readGitHub,
}

/** Never throws: whatever is not understood is ignored, with the reason. */
export function readDelivery(kind: SourceKind, payload: unknown, envelope: Envelope): Reading {
  return READERS[kind](payload, envelope)
}

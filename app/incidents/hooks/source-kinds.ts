/** The kinds of programs that tell Candor of incidents, free of libraries so that screens can use them. */
import type { Severity } from '../vocabulary.ts'

export const SOURCE_KINDS = ['pagerduty', 'standard-webhooks', 'statuspage', 'alertmanager', 'github'] as const
export type SourceKind = (typeof SOURCE_KINDS)[number]

interface KindInWords {
  label: string
  /** Who makes the secret: the other program shows it, or Candor makes one to be pasted there. */
  secretFrom: 'there' | 'here'
  /** How its deliveries prove where they come from: signed, with the secret itself, or by the secret in the address. */
  proof: 'signature' | 'bearer' | 'address'
  /** What to do there; the address is shown beside it. */
  setUp: string
  /** The words for severities that such programs use when nobody has changed them. */
  severities: Record<string, Severity>
}

export const KINDS: Record<SourceKind, KindInWords> = {
  pagerduty: {
    label: 'PagerDuty (V3 webhooks)',
    secretFrom: 'there',
    proof: 'signature',
    setUp:
      'Under Integrations, Generic Webhooks (v3), add a webhook with this address and the incident events. PagerDuty shows its secret once: paste it here.',
    severities: { p1: 'SEV-1', p2: 'SEV-2', p3: 'SEV-3', p4: 'SEV-4' },
  },
  'standard-webhooks': {
    label: 'incident.io and others (Standard Webhooks)',
    secretFrom: 'there',
    proof: 'signature',
    setUp:
      'Under Settings, Webhooks, add an endpoint with this address and the events for public incidents. Its signing secret begins with whsec_: paste it here.',
    severities: { critical: 'SEV-1', major: 'SEV-2', minor: 'SEV-3' },
  },
  statuspage: {
    label: 'Statuspage',
    secretFrom: 'here',
    proof: 'address',
    setUp:
      'Subscribe to your status page by webhook with this address. Statuspage does not sign what it sends, so the secret is part of the address: treat the whole address as a password.',
    severities: { critical: 'SEV-1', major: 'SEV-2', minor: 'SEV-3' },
  },
  alertmanager: {
    label: 'Prometheus Alertmanager',
    secretFrom: 'here',
    proof: 'bearer',
    setUp:
      'Add a receiver with a webhook_config: this address as url, and under http_config, authorization, the secret as credentials. Leave send_resolved on.',
    severities: { critical: 'SEV-2', warning: 'SEV-3', info: 'SEV-4' },
  },
  github: {
    label: 'GitHub deployments',
    secretFrom: 'here',
    proof: 'signature',
    setUp:
      'In the settings of the repository or organisation, under Webhooks, add one with this address, the content type application/json, the secret, and the event Deployment statuses.',
    severities: {},
  },
}

export function isSourceKind(word: string): word is SourceKind {
  return (SOURCE_KINDS as readonly string[]).includes(word)
}

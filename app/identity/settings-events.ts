/** What this room announces of the settings. */
import type { Clock } from '#app/platform/clock.ts'
import type { Settings } from './settings.ts'

declare module '#app/platform/events.ts' {
  interface EventMap {
    /** Some of the organisation's settings are others now. */
    'settings.changed': { changed: readonly (keyof Settings)[]; clock: Clock }
  }
}

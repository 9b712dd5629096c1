import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { saveSettings } from '#app/identity/save-settings.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { timeZoneChoices } from '#app/identity/time-zones.server.ts'
import { Saved } from '#app/identity/ui/saved.tsx'
import { invalidField } from '#app/platform/errors.ts'
import '#app/identity/ui/people.css'
import { CheckField, Fields, SelectField, TextArea, TextField } from '#app/ui/form.tsx'

export const loader = pageLoader('administer', async ({ db }) => {
  const settings = await readSettings(db)
  return { settings, zones: timeZoneChoices(settings.timeZone) }
})

export const action = pageAction('administer', async ({ db, clock, actor, form }) => {
  const number = (name: string) => (textOf(form, name).trim() === '' ? Number.NaN : Number(textOf(form, name)))
  const before = await readSettings(db)
  const disclosureThreshold = number('disclosureThreshold')
  if (disclosureThreshold > before.disclosureThreshold && !form.has('knowsThreshold'))
    throw invalidField('knowsThreshold', 'A raised threshold cannot be lowered again. Tick that you know, then save.')
  await saveSettings(
    { db, clock, actor },
    {
      organisationName: textOf(form, 'organisationName'),
      timeZone: textOf(form, 'timeZone'),
      currency: textOf(form, 'currency'),
      hourlyDowntimeCost: number('hourlyDowntimeCost'),
      participationTarget: number('participationTarget'),
      onTimeTarget: number('onTimeTarget'),
      protectedCapacity: number('protectedCapacity'),
      disclosureThreshold,
      daysOff: textOf(form, 'daysOff'),
    },
  )
  return redirect('/admin/settings?saved=settings')
})

export const meta: MetaFunction = () => [{ title: 'Settings · Candor' }]

export default function SettingsPage() {
  const { settings, zones } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to="/admin">Administration</Link>
      </p>
      <h1>Settings</h1>
      <p className="lead">What holds for everybody. Every change is written down in the audit trail.</p>
      <Saved words={{ settings: 'Saved.' }} />
      <Form method="post">
        <Fields>
          <TextField
            name="organisationName"
            label="Name of the organisation"
            defaultValue={settings.organisationName}
            required
          />
          <SelectField
            name="timeZone"
            label="Time zone"
            options={zones}
            defaultValue={settings.timeZone}
            help="Days, months and quarters are counted in it."
          />
          <div className="pair">
            <TextField
              name="hourlyDowntimeCost"
              label="Cost of an hour of downtime"
              type="number"
              min="0"
              defaultValue={String(settings.hourlyDowntimeCost)}
              required
              help="Shown as an assumption wherever it is used."
            />
            <TextField
              name="currency"
              label="Currency"
              defaultValue={settings.currency}
              required
              help="Three letters, such as EUR."
            />
          </div>
          <div className="pair">
            <TextField
              name="participationTarget"
              label="Target: engineers who have led an incident, %"
              type="number"
              min="1"
              max="100"
              defaultValue={String(settings.participationTarget)}
              required
            />
            <TextField
              name="onTimeTarget"
              label="Target: postmortems within 48 hours, %"
              type="number"
              min="1"
              max="100"
              defaultValue={String(settings.onTimeTarget)}
              required
            />
          </div>
          <TextField
            name="protectedCapacity"
            label="Protected capacity for action items, %"
            type="number"
            min="0"
            max="100"
            defaultValue={String(settings.protectedCapacity)}
            required
            help="Of engineers’ time; each team sees it beside what its actions took."
          />
          <TextArea
            name="daysOff"
            label="Days off"
            defaultValue={settings.daysOff}
            rows={8}
            mono
            help="A line for each, such as 2026-12-25 Christmas Day. Series of forums leave them out, and they are no working days."
          />
          <TextField
            name="disclosureThreshold"
            label="Fewest people behind a published survey figure"
            type="number"
            min={String(settings.disclosureThreshold)}
            defaultValue={String(settings.disclosureThreshold)}
            required
            help="Smaller groups stay hidden. It can be raised, never lowered: people answer trusting that it holds."
          />
          <CheckField name="knowsThreshold" label="I know that a raised threshold cannot be lowered again" />
          <p className="actions">
            <button className="btn primary">Save</button>
          </p>
        </Fields>
      </Form>
    </main>
  )
}

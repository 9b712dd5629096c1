import { SelectField, TextArea, TextField } from '#app/ui/form.tsx'

interface Known {
  title: string
  whatHappened: string
  whatStoppedIt: string
  service: string
}

/** What is told of a near miss, its name apart. */
export function NearMissFields({ services, known }: { services: { value: string; label: string }[]; known?: Known }) {
  return (
    <>
      <TextField
        name="title"
        label="What nearly happened"
        required
        defaultValue={known?.title}
        help="In one line: ‘The wrong cluster was nearly drained’."
      />
      <TextArea
        name="whatHappened"
        label="How it came about"
        required
        rows={4}
        defaultValue={known?.whatHappened}
        help="What made it likely: tools, names, alarms, time. Leave out who."
      />
      <TextArea
        name="whatStoppedIt"
        label="What kept it from becoming one"
        required={false}
        rows={3}
        defaultValue={known?.whatStoppedIt}
        help="A check, a colleague, luck."
      />
      <SelectField
        name="service"
        label="Service"
        required={false}
        defaultValue={known?.service}
        options={[{ value: '', label: 'None in particular' }, ...services]}
      />
    </>
  )
}

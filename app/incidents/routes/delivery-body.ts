import { Readable } from 'node:stream'
import { fileLoader } from '#app/http/file.server.ts'
import { getDelivery } from '#app/incidents/hooks/list-sources.server.ts'
import { notFound } from '#app/platform/errors.ts'

export const loader = fileLoader('administer', async ({ db, actor, params }) => {
  const { id, body } = await getDelivery({ db, actor }, params.slug ?? '', params.id ?? '')
  if (body === null) throw notFound('This body')
  // Text, whatever it is: nobody's browser should do more with it than save it.
  return { body: Readable.from([Buffer.from(body)]), type: 'text/plain; charset=utf-8', name: `delivery-${id}.json` }
})

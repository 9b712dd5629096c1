import { createReadableStreamFromReadable } from '@remix-run/node'
import { pageLoader } from '#app/http/route.server.ts'
import { notFound } from '#app/platform/errors.ts'
import { attachmentStore } from '#app/postmortems/attachment-store.server.ts'
import { dispositionOf } from '#app/postmortems/attachment-type.ts'
import { findAttachment } from '#app/postmortems/list-attachments.server.ts'

/** A file that somebody sent: whatever is in it can do nothing where it is opened. */
export const loader = pageLoader('read', async ({ db, actor, site, params }) => {
  const file = await findAttachment({ db, actor }, params.slug ?? '', params.id ?? '')
  const content = await attachmentStore(site.dataDir).open(file.sha256)
  if (!content) throw notFound('This file')
  return new Response(createReadableStreamFromReadable(content), {
    headers: {
      'content-type': file.type,
      'content-disposition': dispositionOf(file.name, file.isInline),
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    },
  })
})

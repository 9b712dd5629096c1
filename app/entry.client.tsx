import { RemixBrowser } from '@remix-run/react'
import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'

void pageDataDecoded().then(() => {
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <RemixBrowser />
      </StrictMode>,
    )
  })
})

/**
 * RemixBrowser throws a promise until the page's data is decoded. React 18 fails (error 345) when someone clicks or
 * types while its root waits for such a promise, so the wait is here, before there is a root.
 */
async function pageDataDecoded(): Promise<void> {
  try {
    RemixBrowser({})
  } catch (thrown) {
    await thrown
  }
}

import { createContext, useContext } from 'react'

const NonceContext = createContext<string | undefined>(undefined)

/** Carries the Content-Security-Policy nonce to inline scripts while rendering on the server. */
export const NonceProvider = NonceContext.Provider

export function useNonce(): string | undefined {
  return useContext(NonceContext)
}

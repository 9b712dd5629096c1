import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig } from 'vite'
import remixConfig from './remix.config.js'

// The map of routes and the future flags live in remix.config.js; Remix 2 reads them from here.
export default defineConfig({
  plugins: [remix(remixConfig)],
  // The policy lets no font in from a data: address, so nothing is inlined.
  build: { target: 'es2022', assetsInlineLimit: 0 },
  server: { middlewareMode: true },
  ssr: { external: ['better-sqlite3', '@node-rs/argon2', 'mdx-bundler', 'esbuild', 'pg', 'lucia'] },
})

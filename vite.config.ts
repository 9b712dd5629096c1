import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig } from 'vite'
import remixConfig from './remix.config.js'

// The map of routes and the future flags live in remix.config.js; Remix 2 reads them from here.
export default defineConfig({
  plugins: [remix(remixConfig)],
  build: { target: 'es2022', sourcemap: false },
  server: { middlewareMode: true },
  ssr: { external: ['better-sqlite3', '@node-rs/argon2', 'mdx-bundler', 'esbuild', 'pg', 'lucia'] },
})

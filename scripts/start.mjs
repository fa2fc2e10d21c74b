/** `npm start`: installs, fetches the models, serves. A second time only the last of these takes time. */
import { command, ensureInstalled, runTypeScript } from './setup.mjs'

await command(async () => {
  ensureInstalled()
  const models = await runTypeScript('scripts/models.ts', ['get'])
  return models === 0 ? runTypeScript('server/main.ts', process.argv.slice(2)) : models
})

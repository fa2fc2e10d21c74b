/** Stylesheets, scripts and fonts: the files that views/assets.ts names, and no others. */
import { asset } from '../../views/assets.ts'
import { notFound } from '../errors.ts'
import type { Route } from './route.ts'

export const assetRoutes: Route[] = [
  {
    method: 'get',
    path: '/assets/:name',
    access: 'anyone',
    handle: ({ req, res }) => {
      const found = asset(String(req.params.name))
      if (!found) throw notFound('file')
      const kept = req.query.v === found.version
      res.set('Cache-Control', kept ? 'public, max-age=31536000, immutable' : 'no-cache')
      res.set('ETag', `"${found.version}"`)
      res.type(found.type).send(found.bytes)
    },
  },
]

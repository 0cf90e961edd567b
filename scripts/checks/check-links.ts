import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'

const LINK = /\]\(([^)\s]+)\)/g

/** Links in our documents to files that are not there. */
const broken = globSync('{*.md,{app,docs,modules,platform,scripts,bench}/**/*.md}')
  .sort()
  .flatMap((file) => {
    const text = readFileSync(file, 'utf8').replace(/```[\s\S]*?```/g, '')
    return [...text.matchAll(LINK)].flatMap(([, target = '']) => {
      if (/^([a-z]+:|#)/.test(target)) return []
      const place = path.join(path.dirname(file), decodeURI(target.split('#')[0] ?? ''))
      return existsSync(place) ? [] : [`${file} points to ${target}, which is not there`]
    })
  })
for (const line of broken) console.log(line)
process.exit(broken.length > 0 ? 1 : 0)

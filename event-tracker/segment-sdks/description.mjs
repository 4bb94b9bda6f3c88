// Looks at the tracker's description as its readers do. Argument: the tracker's address. The document must be OpenAPI 3.1, and
// the page must show every operation of it without a word on the console.
import { Validator } from '@seriousme/openapi-schema-validator'
import { JSDOM, VirtualConsole } from 'jsdom'

const [tracker] = process.argv.slice(2)

const document = await (await fetch(`${tracker}/openapi.json`)).json()
const result = await new Validator().validate(document)
if (!result.valid) {
  fail(JSON.stringify(result.errors, null, 2))
}
const operations = Object.values(document.paths).flatMap((path) => Object.keys(path)).length

const said = new VirtualConsole()
said.on('jsdomError', (error) => fail(error.stack ?? error.message))
said.on('error', (...words) => fail(words.join(' ')))
const { window } = await JSDOM.fromURL(`${tracker}/docs`, {
  runScripts: 'dangerously',
  resources: 'usable',
  pretendToBeVisual: true,
  virtualConsole: said,
  beforeParse(page) {
    // Every browser has these; jsdom has not.
    page.matchMedia = () => ({ matches: false, addEventListener() {}, removeEventListener() {} })
    page.scrollTo = () => {}
    page.TextEncoder = TextEncoder
    page.TextDecoder = TextDecoder
    page.structuredClone = structuredClone
    page.fetch = (url, options) => fetch(new URL(url.url ?? url, tracker), options?.method ? options : undefined)
    page.Request = Request
    page.Response = Response
    page.Headers = Headers
  },
})
const end = Date.now() + 20000
let shown = 0
while (shown < operations && Date.now() < end) {
  await new Promise((resolve) => setTimeout(resolve, 100))
  shown = window.document.querySelectorAll('.opblock').length
}
console.log(`${shown} of ${operations} operations shown`)
process.exit(shown === operations ? 0 : 1)

function fail(reason) {
  console.error(reason)
  process.exit(1)
}

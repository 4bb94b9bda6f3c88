// Sends with Segment's SDK for browsers, unmodified, from a page of another origin. The page is jsdom's, which keeps to the
// rules of CORS as a browser does: a preflight before what is not simple, no answer for the page that it may not read.
// Arguments: the tracker's address, a write key, the person, "single" or "batching".
const { readFileSync } = require('node:fs')
const { JSDOM, VirtualConsole } = require('jsdom')

const [tracker, writeKey, userId, strategy] = process.argv.slice(2)
const script = readFileSync(require.resolve('@segment/analytics-next/dist/umd/index.js'), 'utf8')
const console_ = new VirtualConsole()
console_.on('jsdomError', (error) => console.error(error.message))
const { window } = new JSDOM('<!doctype html><title>Shop</title>', {
  url: 'http://game.example/shop',
  runScripts: 'outside-only',
  virtualConsole: console_,
})
window.eval(script)

const deliveryStrategy = strategy === 'batching' ? { strategy, config: { size: 3, timeout: 200 } } : undefined
const sdk = window.AnalyticsNext.AnalyticsBrowser.load(
  { writeKey, cdnURL: tracker },
  // Where to send is what the settings of the tracker say; only TLS is the load balancer's.
  { integrations: { 'Segment.io': { protocol: 'http', deliveryStrategy } } },
)

// The process does not end by itself: what was refused for now is sent again by timers of the page.
async function send() {
  const [analytics] = await sdk
  analytics.on('error', (failure) => fail(String(failure.reason ?? failure.code)))
  await sdk.identify(userId, { plan: 'gold' })
  await sdk.track('Order Completed', { revenue: 4.99, note: 'Ünïcödé 🎲' }, { integrations: { 'Some Partner': true } })
  await sdk.page('Store', 'Shop')
  await sdk.screen('Home')
  await sdk.group('guild-7', { name: 'The Ravens' })
  await sdk.alias(userId, `${userId}-before`)
}

function fail(reason) {
  console.error(reason)
  process.exit(1)
}

send().catch(fail)

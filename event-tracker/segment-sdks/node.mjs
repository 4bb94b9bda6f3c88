// Sends with Segment's SDK for Node, unmodified, what the tracker's test expects. Arguments: the tracker's address, a write
// key, the person.
import { Analytics } from '@segment/analytics-node'

const [host, writeKey, userId] = process.argv.slice(2)
const analytics = new Analytics({ host, writeKey, flushAt: 4, flushInterval: 200, httpRequestTimeout: 5000 })
const failures = []
analytics.on('error', (failure) => failures.push(String(failure.reason ?? failure.code)))

const context = { app: { version: '4.12.1' } }
const integrations = { All: false, 'Some Partner': true }
const when = new Date('2020-02-29T12:34:56.789Z')
analytics.identify({ userId, traits: { plan: 'gold', 'favourite café': 'Ünïcödé 🎲' } })
analytics.track({ userId, event: 'Order Completed', properties: { revenue: 4.99, items: [1, 2] }, context, integrations })
analytics.track({ userId, event: 'Long Ago', timestamp: when, messageId: `${userId}-long-ago` })
analytics.page({ userId, name: 'Shop', category: 'Store', properties: { url: 'https://game.example/shop' } })
analytics.screen({ anonymousId: `${userId}-device`, name: 'Home' })
analytics.group({ userId, groupId: 'guild-7', traits: { name: 'The Ravens' } })
analytics.alias({ userId, previousId: `${userId}-device` })
await analytics.closeAndFlush({ timeout: 20000 })
if (failures.length > 0) {
  console.error(failures.join('\n'))
  process.exit(1)
}

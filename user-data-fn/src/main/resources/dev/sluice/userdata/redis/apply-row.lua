-- Applies a row to a person's hash unless the hash has the same or a newer version of it.
--
-- KEYS[1] the person's hash
-- ARGV[1] version: decimal digits, no leading zero
-- ARGV[2] traits as a JSON object, or nothing if the row is gone
-- ARGV[3] seconds that the hash lives after this write
--
-- Returns 1 if it was applied, 0 if it was stale.

-- Lua's numbers are doubles, exact to 2^53 only, so versions are compared as text: the longer one is the higher, and of
-- two of one length the one that comes later in the order of digits.
local function newer(a, b)
  if #a ~= #b then
    return #a > #b
  end
  return a > b
end

local current = redis.call('HGET', KEYS[1], 'profileVersion')
-- A version that is not one protects nothing.
if current and string.find(current, '^%d+$') and not newer(ARGV[1], current) then
  return 0
end

local lives = redis.call('TTL', KEYS[1])
if ARGV[2] == '' then
  redis.call('HDEL', KEYS[1], 'profile')
else
  redis.call('HSET', KEYS[1], 'profile', ARGV[2])
end
redis.call('HSET', KEYS[1], 'profileVersion', ARGV[1])

-- -2: the hash was not there. -1: it was meant to stay for ever. A longer life than ours is left alone.
if lives == -2 or (lives >= 0 and lives < tonumber(ARGV[3])) then
  redis.call('EXPIRE', KEYS[1], ARGV[3])
end
return 1

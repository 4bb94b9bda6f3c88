-- Writes what the classifier keeps of a person unless someone else wrote in between.
--
-- KEYS[1] the person's hash
-- ARGV[1] revision that was read, 0 if there was none; decimal
-- ARGV[2] revision that follows it
-- ARGV[3] what is kept
-- ARGV[4] seconds that the hash lives after this write
-- ARGV[5] the time of this write, milliseconds since 1970
-- ARGV[6] 1 if the profile says what is kept now, 0 if that is to be seen
-- ARGV[7] account/person by whom the person goes from now on; empty if by nobody
--
-- Returns 1 if it was written, 0 if not.

local was = redis.call('HMGET', KEYS[1], 'rev', 'person')
if (was[1] or '0') ~= ARGV[1] then
  return 0
end
local lives = redis.call('TTL', KEYS[1])
if ARGV[6] == '1' then
  redis.call('HSET', KEYS[1], 'rev', ARGV[2], 'recent', ARGV[3], 'at', ARGV[5], 'told', ARGV[2])
else
  redis.call('HSET', KEYS[1], 'rev', ARGV[2], 'recent', ARGV[3], 'at', ARGV[5])
end
if ARGV[7] ~= '' then
  redis.call('HSET', KEYS[1], 'person', ARGV[7])
elseif was[2] then
  redis.call('HDEL', KEYS[1], 'person')
end
-- -2: the hash was not there. -1: it was meant to stay for ever. A longer life than ours is left alone.
if lives == -2 or (lives >= 0 and lives < tonumber(ARGV[4])) then
  redis.call('EXPIRE', KEYS[1], ARGV[4])
end
return 1

-- Reads a person's hash, and lets it live on if much of its life is over.
--
-- KEYS[1] the person's hash
-- ARGV[1] seconds: if it lives less than this
-- ARGV[2] seconds: then it lives this long from now
-- ARGV[3], ... the fields to read
--
-- Returns the fields' values.

local lives = redis.call('TTL', KEYS[1])
if lives >= 0 and lives < tonumber(ARGV[1]) then
  redis.call('EXPIRE', KEYS[1], ARGV[2])
end
return redis.call('HMGET', KEYS[1], unpack(ARGV, 3))

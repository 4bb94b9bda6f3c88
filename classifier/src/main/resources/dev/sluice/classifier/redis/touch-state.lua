-- Lets a person's hash live on if some of its life is over.
--
-- KEYS[1] the person's hash
-- ARGV[1] seconds: if it lives less than this
-- ARGV[2] seconds: then it lives this long from now
--
-- Returns 1 if its life was lengthened, 0 if not.

local lives = redis.call('TTL', KEYS[1])
-- -2: there is no hash. -1: it is meant to stay for ever.
if lives >= 0 and lives < tonumber(ARGV[1]) then
  return redis.call('EXPIRE', KEYS[1], ARGV[2])
end
return 0

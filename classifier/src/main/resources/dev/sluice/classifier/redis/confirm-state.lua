-- Notes that a person's profile says what is kept, unless something else is kept by now.
--
-- KEYS[1] the person's hash
-- ARGV[1] revision of what the profile says; decimal
--
-- Returns the revision of what is kept.

local revision = redis.call('HGET', KEYS[1], 'rev') or '0'
-- Of nobody nothing is noted: that would make somebody.
if revision == ARGV[1] and revision ~= '0' then
  redis.call('HSET', KEYS[1], 'told', ARGV[1])
end
return revision

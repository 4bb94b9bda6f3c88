-- Ends a lease, and writes down when to look again.
--
-- KEYS[1] a slot's sorted set
-- ARGV[1] account/person
-- ARGV[2] the end of the lease; if another one is there, someone else has taken the person since
-- ARGV[3] when to look again, or nothing
--
-- Returns 1.

local leased = redis.call('ZSCORE', KEYS[1], '!' .. ARGV[1])
if leased and tonumber(leased) == tonumber(ARGV[2]) then
  redis.call('ZREM', KEYS[1], '!' .. ARGV[1])
end
if ARGV[3] ~= '' then
  redis.call('ZADD', KEYS[1], 'LT', ARGV[3], ARGV[1])
end
return 1

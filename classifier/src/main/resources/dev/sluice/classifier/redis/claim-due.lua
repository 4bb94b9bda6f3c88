-- Takes those whose moment has come.
--
-- A person has up to two members: 'account/person' with the moment at which to look, and, while someone is at it,
-- '!account/person' with the end of the lease. They are apart so that a moment that is scheduled during a lease is kept
-- beside it, however late it is.
--
-- KEYS[1] a slot's sorted set, scores in milliseconds
-- ARGV[1] now
-- ARGV[2] how many to take at most
-- ARGV[3] the end of the lease
--
-- Returns members and moments in turn, the earliest first.

local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'WITHSCORES', 'LIMIT', 0, ARGV[2])
for i = 1, #due, 2 do
  local person = due[i]
  redis.call('ZREM', KEYS[1], person)
  if string.sub(person, 1, 1) == '!' then
    person = string.sub(person, 2)
  end
  redis.call('ZADD', KEYS[1], ARGV[3], '!' .. person)
end
return due

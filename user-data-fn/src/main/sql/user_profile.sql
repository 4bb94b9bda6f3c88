-- The application's table of people, and the triggers by which Aurora PostgreSQL tells Sluice of every row that changes.
-- Run it once, in one transaction, in the schema public, as the role that owns the database; docs/OPERATIONS.md says what
-- must be there first. Then say who calls what:
--   INSERT INTO sluice_settings (account, user_data_function)
--   VALUES ('demo', 'arn:aws:lambda:eu-west-1:000000000000:function:sluice-user-data');
--
-- What the application's transaction costs: one asynchronous call of Lambda for each changed row, at commit. What it
-- never costs: a failure. A row of which Sluice could not be told is noted in user_profile_untold, and so are, without
-- a call, those that the same transaction changed too: it waits for an absent Lambda once and not for each row.

CREATE TABLE user_profile (
    -- As Sluice names people: at most 256 UTF-16 units, no control characters, and not the prefixes that it keeps for
    -- people without a user id.
    user_id    text PRIMARY KEY CHECK (
                   length(user_id) BETWEEN 1 AND 256
                   AND length(user_id) + length(regexp_replace(user_id, '[\u0001-\uFFFF]', '', 'g')) <= 256
                   AND user_id !~ '[\u0001-\u001F\u007F-\u009F]'
                   AND user_id NOT LIKE 'anonymous:%'
                   AND user_id NOT LIKE 'identifier:%'),
    device_id  text,
    device_os  text,
    birth_date date,
    gender     text,
    country    text,
    email      text,
    phone      text,
    -- What the person agreed to, by channel: {"push": true, "email": false}
    consents   jsonb CHECK (
                   jsonb_typeof(consents) = 'object'
                   AND NOT jsonb_path_exists(consents, 'strict $.* ? (@.type() != "boolean")', '{}', true))
);

-- One row. A table, since Aurora's owner of a database may not give it parameters of its own.
CREATE TABLE sluice_settings (
    only_row           boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    account            text NOT NULL CHECK (account ~ '^[a-z0-9][a-z0-9-]{0,31}$'),
    user_data_function text NOT NULL
);

-- Sluice keeps, per person, the row with the highest version. The version is drawn from a sequence and not kept in the
-- row: a sequence never goes back, so a version that was sent and then rolled back is not given out again. After a
-- restore to a point in time, set the sequence ahead of what has been sent (setval), or newer rows count as stale.
CREATE SEQUENCE user_profile_version AS bigint;

-- People of whose rows Sluice could not be told, because Lambda did not take the call or nothing says what to call.
CREATE TABLE user_profile_untold (
    user_id text PRIMARY KEY,
    since   timestamptz NOT NULL DEFAULT clock_timestamp(),
    reason  text NOT NULL
);

-- Tells Sluice of one row; the caller holds the row's lock.
CREATE FUNCTION tell_sluice(op text, changed user_profile) RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    settings sluice_settings;
BEGIN
    IF current_setting('sluice.away', true) = 'on' THEN
        INSERT INTO user_profile_untold (user_id, reason) VALUES (changed.user_id, 'as the row before it')
            ON CONFLICT DO NOTHING;
        RETURN;
    END IF;
    SELECT * INTO STRICT settings FROM sluice_settings;
    PERFORM aws_lambda.invoke(
        settings.user_data_function,
        json_build_object(
            'v', 1,
            'op', op,
            'account', settings.account,
            'userId', changed.user_id,
            'version', nextval('user_profile_version'),
            -- Not now(), which is when the transaction began: the later version must have the later time.
            'changedAt', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            -- Columns get the names that rules know as traits. A deleted row tells no more than that it is gone.
            'row', CASE WHEN op = 'delete' THEN NULL ELSE json_build_object(
                'deviceId', changed.device_id,
                'deviceOS', changed.device_os,
                'birthDate', changed.birth_date,
                'gender', changed.gender,
                'country', changed.country,
                'email', changed.email,
                'phone', changed.phone,
                'consents', changed.consents) END),
        NULL::text, -- the Region stands in the ARN
        'Event'); -- asynchronous: Lambda queues the call and answers at once
EXCEPTION WHEN OTHERS THEN
    RAISE WARNING 'Sluice was not told of a row of user_profile: %', SQLERRM;
    INSERT INTO user_profile_untold (user_id, reason) VALUES (changed.user_id, SQLERRM) ON CONFLICT DO NOTHING;
    PERFORM set_config('sluice.away', 'on', true); -- until the transaction ends
END
$$;

-- As its owner, so that the application's role needs no right to call Lambda, nor to draw versions; and with temporary
-- tables looked at last, so that none of that role's takes a table's place.
CREATE FUNCTION user_profile_changed() RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM tell_sluice('delete', OLD);
    ELSIF TG_OP = 'INSERT' THEN
        PERFORM tell_sluice('insert', NEW);
    ELSIF OLD.user_id = NEW.user_id THEN
        PERFORM tell_sluice('update', NEW);
    ELSE
        -- Another user_id is another person.
        PERFORM tell_sluice('delete', OLD);
        PERFORM tell_sluice('insert', NEW);
    END IF;
    RETURN NULL;
END
$$;

REVOKE ALL ON FUNCTION tell_sluice(text, user_profile), user_profile_changed() FROM PUBLIC;

-- Deferred to the end of the transaction: a statement that is rolled back calls nobody, and the version is drawn while
-- the row's lock is held, so versions of one row follow the order of the commits. What remains: a commit that fails
-- after the call has told Sluice of a row that does not exist, until that row changes again or the table is replayed.
CREATE CONSTRAINT TRIGGER user_profile_comes_or_goes
    AFTER INSERT OR DELETE ON user_profile
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION user_profile_changed();

CREATE CONSTRAINT TRIGGER user_profile_changes
    AFTER UPDATE ON user_profile
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION user_profile_changed();

-- TRUNCATE fires no trigger for a row: Sluice would keep everybody.
CREATE FUNCTION user_profile_refuses_truncate() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'user_profile cannot be truncated, Sluice would not be told; use DELETE';
END
$$;

CREATE TRIGGER user_profile_not_truncated
    BEFORE TRUNCATE ON user_profile
    FOR EACH STATEMENT EXECUTE FUNCTION user_profile_refuses_truncate();
